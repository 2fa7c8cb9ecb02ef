import type { IncomingMessage, ServerResponse } from "node:http"
import type { z } from "@medusajs/framework/zod"
import { writeHostileAnswer } from "./hostile-answer"
import type { AnswerForm } from "./settings"

export interface HostileForm {
  readonly form: Exclude<AnswerForm, "plain">
  readonly redirectTo: string | null
}

/** What a route says. `cut` destroys the connection instead of answering. */
export type Answer =
  | {
      readonly status: number
      readonly body: unknown
      readonly headers?: Readonly<Record<string, string>>
      /** Set when it is to look like the answer of a broken or hostile server. */
      readonly hostile?: HostileForm
    }
  | "cut"

export interface SimulatorRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly authorization: string
  readonly rawBody: Buffer
}

/** A request that breaks the rules of the API. */
export class RequestError extends Error {
  constructor(
    readonly status: 400 | 404 | 409 | 422,
    message: string
  ) {
    super(message)
  }
}

export const answer = (body: unknown, status = 200): Answer => ({ status, body })

export const problem = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body: { error: message },
  headers,
})

const MAX_BODY_BYTES = 64 * 1024 * 1024

/** A request without an encoding gives buffers, which its type does not say. */
const toBuffer = (chunk: unknown): Buffer => (Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)))

export async function readRequest(message: IncomingMessage): Promise<SimulatorRequest> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    const bytes = toBuffer(chunk)
    size += bytes.length
    if (size > MAX_BODY_BYTES) {
      throw new RequestError(422, "The body is too large.")
    }
    chunks.push(bytes)
  }
  const url = new URL(message.url ?? "/", "http://simulator")
  return {
    method: message.method ?? "GET",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    authorization: message.headers.authorization ?? "",
    rawBody: Buffer.concat(chunks),
  }
}

/** Reads a body by its schema, or says in words what is wrong with it. */
export function parseBody<T>(schema: z.ZodType<T>, request: SimulatorRequest): T {
  let body: unknown
  try {
    body = JSON.parse(request.rawBody.toString("utf8"))
  } catch {
    throw new RequestError(400, "The body is not JSON.")
  }
  return parse(schema, body, "body")
}

export const parseQuery = <T>(schema: z.ZodType<T>, request: SimulatorRequest): T =>
  parse(schema, request.query, "query")

export function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = [what, ...(issue?.path ?? [])].join(".")
    throw new RequestError(422, `${path}: ${issue?.message ?? "not valid"}`)
  }
  return parsed.data
}

export function writeAnswer(response: ServerResponse, given: Answer): void {
  if (given === "cut") {
    response.socket?.destroy()
    return
  }
  if (given.hostile) {
    writeHostileAnswer(response, given, given.hostile)
    return
  }
  const isText = typeof given.body === "string"
  const body = Buffer.from(typeof given.body === "string" ? given.body : JSON.stringify(given.body))
  response.writeHead(given.status, {
    "content-type": isText ? "text/html" : "application/json",
    "content-length": body.length,
    ...given.headers,
  })
  response.end(body)
}
