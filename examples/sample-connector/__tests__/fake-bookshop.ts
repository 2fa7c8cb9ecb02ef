import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Misbehaviour } from "medusa-stock-hub/testing"

export const API_KEY = "canary-key-of-the-bookshop"

const PAGE = 2

export interface FakeBookshop {
  readonly url: string
  readonly shelf: Map<string, number>
  readonly misbehave: (how: Misbehaviour) => void
  readonly stop: () => Promise<void>
}

const read = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
  }
  const text = Buffer.concat(chunks).toString()
  return text === "" ? null : JSON.parse(text)
}

const say = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body))
}

/** A server that plays the bookshop's API, and misbehaves when it is told to. */
export async function startFakeBookshop(books: Readonly<Record<string, number>>): Promise<FakeBookshop> {
  const shelf = new Map(Object.entries(books))
  let how: Misbehaviour = "none"

  const list = (after: string | null): unknown => {
    const all = [...shelf].map(([isbn, copies]) => ({ isbn, title: `Book ${isbn}`, copies }))
    const from = after === null ? 0 : Number(after)
    return { books: all.slice(from, from + PAGE), next: from + PAGE < all.length ? String(from + PAGE) : null }
  }
  const change = (body: unknown): unknown => {
    const { changes } = body as { changes: { isbn: string; copies: number }[] }
    return {
      results: changes.map(({ isbn, copies }) => {
        const ok = shelf.has(isbn)
        if (ok) {
          shelf.set(isbn, copies)
        }
        return { isbn, ok }
      }),
    }
  }
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      if (request.headers["x-api-key"] !== API_KEY) {
        return say(response, 401, {})
      }
      if (how === "silence") {
        return
      }
      if (how === "rate-limited") {
        return say(response, 429, {}, { "retry-after": "2" })
      }
      if (how === "server-error") {
        return say(response, 500, {})
      }
      const after = new URL(request.url ?? "/", "http://localhost").searchParams.get("after")
      const answer = request.method === "PUT" ? change(body) : list(after)
      if (how === "lost-answer") {
        request.socket.destroy()
        return
      }
      say(response, 200, how === "malformed" ? { odd: true } : answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shelf,
    misbehave: (next) => {
      how = next
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
