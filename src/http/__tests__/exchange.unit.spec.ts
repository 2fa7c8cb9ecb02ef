import { HubError } from "../../lib/errors"
import { createHttpClient, type HttpClientOptions } from "../http-client"
import type { HttpExchange } from "../http-exchange"
import type { RequestGate } from "../request-gate"
import { LocalServers, rejectionOf } from "./local-servers"

const TOKEN = "canary-token-4711"

const servers = new LocalServers()
afterEach(() => servers.close())

const open = (port: number, options: Partial<HttpClientOptions> = {}): ReturnType<typeof createHttpClient> =>
  createHttpClient({
    baseUrl: `http://127.0.0.1:${port}`,
    timeoutMs: 2_000,
    allowPrivateAddresses: ["127.0.0.1"],
    secrets: [TOKEN],
    ...options,
  })

const openGate: RequestGate = { enter: () => Promise.resolve(), learn: () => undefined }

describe("what is told of a call", () => {
  it("says what was asked, what came back and how long it took, without secrets", async () => {
    const told: HttpExchange[] = []
    const port = await servers.http((_request, response) => {
      response.setHeader("set-cookie", "session=abc").end(JSON.stringify({ echo: `Bearer ${TOKEN}`, ok: true }))
    })
    await open(port, { onExchange: (exchange) => told.push(exchange) }).request({
      method: "POST",
      path: "/v1/stock",
      query: { shop: "one", access_token: TOKEN },
      headers: { authorization: `Basic ${Buffer.from(`user:${TOKEN}`).toString("base64")}` },
      body: { sku: "MUG", quantity: 7, password: "hunter2" },
      operation: "set-stock",
    })
    expect(told).toMatchObject([
      {
        operation: "set-stock",
        method: "POST",
        path: "/v1/stock?shop=one&access_token=[redacted]",
        status: 200,
        failure: null,
        requestBytes: Buffer.byteLength('{"sku":"MUG","quantity":7,"password":"hunter2"}'),
      },
    ])
    const text = JSON.stringify(told)
    expect(text).toContain("MUG")
    expect(text).toContain('\\"ok\\":true')
    expect(text).not.toMatch(/canary|hunter2|session=abc/)
    expect(text).not.toContain(Buffer.from(TOKEN).toString("base64").slice(2, 12))
    expect(told[0]?.durationMs).toBeGreaterThanOrEqual(0)
  })

  it("keeps little of a call that went well and more of one that did not", async () => {
    const told: HttpExchange[] = []
    const port = await servers.http((request, response) => {
      response.statusCode = request.url === "/bad" ? 422 : 200
      response.end(JSON.stringify({ text: "y".repeat(100_000) }))
    })
    const client = open(port, { onExchange: (exchange) => told.push(exchange) })
    const body = { text: "x".repeat(100_000) }
    await client.request({ method: "POST", path: "/good", body })
    await client.request({ method: "POST", path: "/bad", body })
    const sizes = told.map(({ requestExcerpt, responseExcerpt }) =>
      [requestExcerpt, responseExcerpt].map((text) => Buffer.byteLength(text ?? ""))
    )
    expect(sizes).toEqual([
      [1_024, 1_024],
      [4_096, 8_192],
    ])
    expect(told.map(({ requestBytes, responseBytes }) => [requestBytes, responseBytes])).toEqual([
      [100_011, 100_011],
      [100_011, 100_011],
    ])
  })

  it("names the failure where there is no answer", async () => {
    const told: HttpExchange[] = []
    const onExchange = (exchange: HttpExchange): number => told.push(exchange)
    const port = await servers.http((request) => request.socket.destroy())
    await rejectionOf(open(port, { onExchange }).request({ method: "GET", path: "/cut" }))
    await rejectionOf(open(port, { onExchange, allowPrivateAddresses: [] }).request({ method: "GET", path: "/inside" }))
    await rejectionOf(open(1, { onExchange }).request({ method: "GET", path: "/nobody" }))
    await rejectionOf(open(port, { onExchange }).request({ method: "GET", path: "/x", headers: { x: "a\nb" } }))
    expect(told.map(({ status, failure }) => ({ status, failure }))).toMatchObject([
      { status: null, failure: { code: "broken" } },
      { status: null, failure: { code: "address-refused", detail: "127.0.0.1" } },
      { status: null, failure: { code: "not-connected", detail: "ECONNREFUSED" } },
      { status: null, failure: { code: "malformed" } },
    ])
  })
})

describe("the gate", () => {
  it("is asked before anything is sent, and told of the answer", async () => {
    const seen: string[] = []
    const port = await servers.http((_request, response) => {
      seen.push("sent")
      response.writeHead(429, { "retry-after": "3" }).end()
    })
    const gate: RequestGate = {
      enter: async () => {
        await new Promise((resolve) => setImmediate(resolve))
        seen.push("entered")
      },
      learn: (_request, { status, retryAfterMs }) => seen.push(`${status} after ${retryAfterMs ?? 0}`),
    }
    await open(port, { gate }).request({ method: "GET", path: "/" })
    expect(seen).toEqual(["entered", "sent", "429 after 3000"])
  })

  it("keeps a call back: nothing is sent, and the refusal is told", async () => {
    let hits = 0
    const told: HttpExchange[] = []
    const port = await servers.http((_request, response) => {
      hits += 1
      response.end()
    })
    const refusal = new HubError({ kind: "rate-limited", message: "Not yet.", retryAfterMs: 5 })
    const gate: RequestGate = { ...openGate, enter: () => Promise.reject(refusal) }
    const client = open(port, { gate, onExchange: (exchange) => told.push(exchange) })
    expect(await rejectionOf(client.request({ method: "POST", path: "/", body: {} }))).toBe(refusal)
    expect(hits).toBe(0)
    expect(told).toMatchObject([{ failure: { code: "limited" }, status: null }])
  })

  it("may use a quarter of the time, and what it used is not there for the answer", async () => {
    let offered = 0
    const port = await servers.http(() => undefined)
    const gate: RequestGate = {
      ...openGate,
      enter: async (_request, waitMs) => {
        offered = waitMs
        await new Promise((resolve) => setTimeout(resolve, 100))
      },
    }
    const begun = performance.now()
    await rejectionOf(open(port, { gate, timeoutMs: 400 }).request({ method: "GET", path: "/" }))
    expect(offered).toBe(100)
    expect(performance.now() - begun).toBeLessThan(490)
  })
})
