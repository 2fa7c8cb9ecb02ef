/*
 * A connector to an imaginary bookshop, in a package of its own. Copy it, rename it, and change what your channel says.
 *
 * It knows nothing of the hub but `medusa-stock-hub/connector`, and reaches its channel through the `http` that it is handed.
 */
import {
  ANY_LOCATION,
  defineConnector,
  HubError,
  OutcomeUnknownError,
  type ConnectorClient,
  type ExternalListing,
  type ExternalListingId,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  type HubFailure,
  type OptionsDescriptor,
  type StockWrite,
  type StockWriteOutcome,
} from "medusa-stock-hub/connector"

const options = {
  base_url: { type: "url", label: "Address", required: true, public: true, help: "Where the bookshop's API is." },
  api_key: { type: "text", label: "API key", required: true, help: "Under Account, Keys." },
} as const satisfies OptionsDescriptor

interface Book {
  readonly isbn: string
  readonly title: string
  readonly copies: number
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const isBook = (value: unknown): value is Book =>
  isRecord(value) &&
  typeof value.isbn === "string" &&
  typeof value.title === "string" &&
  Number.isSafeInteger(value.copies)

const unreadable = (what: string): HubError =>
  new HubError({ kind: "invalid-data", message: `${what}: the answer is not what the bookshop promises.` })

/** The one place where a status becomes what the hub has to do next. */
function failureOf({ status, retryAfterMs }: HttpResponse, what: string): HubFailure | null {
  const vendorCode = String(status)
  if (status < 300) {
    return null
  }
  if (status === 401) {
    return { kind: "auth", vendorCode, message: `${what}: the bookshop refused the key.` }
  }
  if (status === 429) {
    return {
      kind: "rate-limited",
      vendorCode,
      retryAfterMs: retryAfterMs ?? 1_000,
      message: `${what}: too many calls.`,
    }
  }
  const kind = status >= 500 ? "transient" : "invalid-data"
  return { kind, vendorCode, message: `${what}: the bookshop answered ${status}.` }
}

/** A book is a listing, and the shop has one place. */
const toListing = ({ isbn, title }: Book): ExternalListing => ({
  externalId: isbn as ExternalListingId,
  sku: isbn,
  barcode: isbn,
  title,
})

function toOutcome(write: StockWrite, result: unknown): StockWriteOutcome {
  if (!isRecord(result) || result.isbn !== write.externalListingId) {
    return { status: "unknown", message: `The bookshop gave no result for ${write.externalListingId}.` }
  }
  return result.ok === true
    ? { status: "accepted" }
    : {
        status: "failed",
        failure: { kind: "invalid-data", vendorCode: "no_such_book", message: "There is no such book." },
      }
}

function openBookshop(http: HttpClient, apiKey: string): ConnectorClient {
  const send = (request: HttpRequest): Promise<HttpResponse> =>
    http.request({ ...request, headers: { "x-api-key": apiKey } })

  async function readShelf(after: string | null, what: string): Promise<{ books: Book[]; next: string | null }> {
    const response = await send({
      method: "GET",
      path: "/shelf",
      query: { after: after ?? undefined },
      operation: "read-shelf",
    })
    const failure = failureOf(response, what)
    if (failure) {
      throw new HubError(failure)
    }
    const { body } = response
    if (!isRecord(body) || !Array.isArray(body.books) || !body.books.every(isBook)) {
      throw unreadable(what)
    }
    return { books: body.books, next: typeof body.next === "string" ? body.next : null }
  }

  async function readAll(what: string): Promise<Map<string, number>> {
    const copies = new Map<string, number>()
    let after: string | null = null
    do {
      const page: { books: Book[]; next: string | null } = await readShelf(after, what)
      page.books.forEach((book) => copies.set(book.isbn, book.copies))
      after = page.next
    } while (after !== null)
    return copies
  }

  async function setCopies(writes: readonly StockWrite[]): Promise<readonly StockWriteOutcome[]> {
    const what = `Setting ${writes.length} numbers`
    const changes = writes.map(({ externalListingId: isbn, quantity: copies }) => ({ isbn, copies }))
    const response = await send({ method: "PUT", path: "/shelf", body: { changes }, operation: "set-stock" })
    const failure = failureOf(response, what)
    if (failure) {
      throw new HubError(failure)
    }
    const { body } = response
    if (!isRecord(body) || !Array.isArray(body.results)) {
      // It was taken, but nobody knows what became of it.
      throw new OutcomeUnknownError(`${what}: the answer is not what the bookshop promises.`)
    }
    const results: readonly unknown[] = body.results
    return writes.map((write, index) => toOutcome(write, results[index]))
  }

  return {
    check: async () => {
      await readShelf(null, "Checking the connection")
    },
    listListings: async (cursor) => {
      const { books, next } = await readShelf(cursor, "Reading the shelf")
      return { items: books.map(toListing), nextCursor: next }
    },
    pullStock: async (keys) => {
      const copies = await readAll("Reading numbers")
      // A book that is not there is unknown, never zero.
      return keys.map((key) => ({ ...key, quantity: copies.get(key.externalListingId) ?? null }))
    },
    pushStock: async (writes) => {
      try {
        return await setCopies(writes)
      } catch (error) {
        if (error instanceof OutcomeUnknownError) {
          return writes.map(() => ({ status: "unknown", message: error.message }))
        }
        throw error
      }
    },
  }
}

export const bookshopConnector = defineConnector({
  id: "sample-bookshop",
  label: "Sample bookshop",
  description: "An imaginary bookshop: the example of a connector in a package of its own.",
  developer: "You",
  version: "1.0.0",
  dependencies: ["An account of the bookshop that may have API keys"],
  guide: ["Open Account, Keys in the bookshop.", "Make a key that may read and change the shelf, and enter it here."],
  contract: { suite: 1, passed: ["reading", "writing-stock", "reading-stock"] },
  options,
  traits: () => ({ maxBatch: 50, compareAndSet: false, hasLocations: false, lateApplyWindowMs: 5_000 }),
  baseUrl: ({ base_url: baseUrl }) => baseUrl,
  open: ({ http, options: { api_key: apiKey } }) => openBookshop(http, apiKey),
})

/** The place of every book. */
export const SHELF = ANY_LOCATION
