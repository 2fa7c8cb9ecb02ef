import type { z } from "@medusajs/framework/zod"
import { HubError } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { HttpClient, HttpResponse } from "../../types/http-port"
import type { Operation } from "./documents"
import { readAnswer, requestedCostOf } from "./map-answer"
import { apiVersionOf, type ShopifyOptions } from "./options"
import type { VendorPage } from "./schema"

/** A question was too dear. Whoever asked for a page asks for half of it. */
export class TooDearError extends HubError {
  constructor(what: string) {
    super({ kind: "unsupported", message: `${what}: it costs more points than Shopify allows for one call.` })
    this.name = "TooDearError"
  }
}

/** What was learned about the questions of one shop: their cost, and how much one of them may ask for. */
export interface Lessons {
  /** What the largest question of each kind took. */
  readonly costs: Map<string, { readonly size: number; readonly cost: number }>
  readonly pageSizes: Map<string, number>
}

export const newLessons = (): Lessons => ({ costs: new Map(), pageSizes: new Map() })

export interface Session {
  readonly http: HttpClient
  readonly options: ShopifyOptions
  readonly lessons: Lessons
}

export interface Call<T> {
  readonly operation: Operation
  readonly variables?: Readonly<Record<string, unknown>>
  /** What is being done, for people: the beginning of every message about it. */
  readonly what: string
  readonly schema: z.ZodType<T>
}

/** Puts a token on a request to Shopify. */
export const tokenHeader = (token: string): Readonly<Record<string, string>> => ({ "x-shopify-access-token": token })

/** Most that Shopify lets one question cost. */
const MOST_POINTS = 1_000
/** What a connection costs besides its entries, and a little more. */
const FRAME_POINTS = 5

/** Entries that a question asks for. */
function sizeOf(variables: Readonly<Record<string, unknown>>): number {
  const lists = Object.values(variables).filter((value): value is readonly unknown[] => Array.isArray(value))
  const listed = lists.reduce((sum, list) => sum + list.length, 0)
  const size = listed > 0 ? listed : (variables.first ?? variables.lines)
  return typeof size === "number" && size > 0 ? size : 1
}

/** What a question will take: as much for each entry as the largest one that was answered. */
function estimate({ costs }: Lessons, operation: Operation, size: number): number {
  const known = costs.get(operation.name) ?? { size: operation.size ?? 1, cost: operation.cost }
  const points = size === known.size ? known.cost : Math.ceil((known.cost * size) / known.size) + FRAME_POINTS
  return Math.min(Math.max(1, points), MOST_POINTS)
}

async function send({ http, options, lessons }: Session, { operation, variables = {}, what }: Call<unknown>) {
  const { name, document } = operation
  const size = sizeOf(variables)
  const response: HttpResponse = await http
    .request({
      method: "POST",
      path: `/admin/api/${apiVersionOf(options)}/graphql.json`,
      headers: options.access_token ? tokenHeader(options.access_token) : {},
      body: { query: document, variables },
      operation: name,
      cost: estimate(lessons, operation, size),
    })
    .catch((error: unknown) => {
      // Every question is a POST; but one that only reads cannot have changed anything.
      throw error instanceof OutcomeUnknownError && !operation.isWrite
        ? new HubError({ kind: "transient", message: `${what}: Shopify gave no answer.` }, { cause: error })
        : error
    })
  const requested = requestedCostOf(response)
  if (requested !== null && size >= (lessons.costs.get(name)?.size ?? 0)) {
    lessons.costs.set(name, { size, cost: requested })
  }
  return response
}

/**
 * Asks Shopify and reads the answer.
 *
 * Throws a `TooDearError` for a question that costs too much, an `OutcomeUnknownError` for a write that may have been applied,
 * and a `HubError` for every other refusal.
 */
export async function call<T>(session: Session, question: Call<T>): Promise<T> {
  const { operation, what, schema } = question
  const answer = readAnswer(await send(session, question), operation, what)
  switch (answer.kind) {
    case "data": {
      const parsed = schema.safeParse(answer.data)
      if (parsed.success) {
        return parsed.data
      }
      const message = `${what}: the answer is not what Shopify promises.`
      throw operation.isWrite ? new OutcomeUnknownError(message) : new HubError({ kind: "invalid-data", message })
    }
    case "too-dear":
      throw new TooDearError(what)
    case "refused":
      throw new HubError(answer.failure)
    case "broken":
      throw operation.isWrite ? new OutcomeUnknownError(answer.failure.message) : new HubError(answer.failure)
  }
}

/** Most that Shopify gives on one page, and takes in one list. */
export const MOST_AT_ONCE = 250

/**
 * Asks for a page of the size that is known to be affordable, and for half of it as long as that is too dear. What was found
 * out is kept for the next time.
 */
export async function affordable<T>(
  { lessons }: Session,
  { operation, first = MOST_AT_ONCE }: { readonly operation: Operation; readonly first?: number },
  ask: (size: number) => Promise<T>
): Promise<T> {
  let size = Math.min(first, lessons.pageSizes.get(operation.name) ?? first)
  for (;;) {
    try {
      return await ask(size)
    } catch (error) {
      if (!(error instanceof TooDearError) || size === 1) {
        throw error
      }
      size = Math.max(1, Math.floor(size / 2))
      lessons.pageSizes.set(operation.name, size)
      lessons.costs.delete(operation.name)
    }
  }
}

/** Reads a connection to its end. */
export async function readAll<T>(
  readPage: (after: string | null) => Promise<VendorPage<T>>,
  first: VendorPage<T> | null = null
): Promise<T[]> {
  const nodes = [...(first?.nodes ?? [])]
  let info = first?.pageInfo ?? { hasNextPage: true, endCursor: null }
  while (info.hasNextPage) {
    const page = await readPage(info.endCursor)
    nodes.push(...page.nodes)
    info = page.pageInfo
  }
  return nodes
}
