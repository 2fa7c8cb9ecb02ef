import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTcpServer } from "node:net"
import { HubError } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { HttpClient, HttpRequest } from "../../types/http-port"
import { createHttpClient as createGuardedClient, type HttpClientOptions } from "../http-client"

const SECRET = "very-secret-token"
const GET: HttpRequest = { method: "GET", path: "/thing", headers: { authorization: SECRET } }
const POST: HttpRequest = { method: "POST", path: "/thing", headers: { authorization: SECRET }, body: { pin: SECRET } }

/** The servers of these tests are on this machine. */
const createHttpClient = (options: HttpClientOptions): HttpClient =>
  createGuardedClient({ allowPrivateAddresses: ["127.0.0.0/8"], ...options })

let servers: Server[] = []

afterEach(() => {
  servers.forEach((server) => server.close().closeAllConnections())
  servers = []
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return baseUrlOf(server)
}

function baseUrlOf(server: { address(): unknown }): string {
  const address = server.address()
  const port = typeof address === "object" && address !== null && "port" in address ? String(address.port) : ""
  return `http://127.0.0.1:${port}`
}

async function unusedUrl(): Promise<string> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = baseUrlOf(server)
  await new Promise((resolve) => server.close(resolve))
  return url
}

async function errorOf(request: HttpRequest, options: Parameters<typeof createHttpClient>[0]): Promise<HubError> {
  const error: unknown = await createHttpClient(options)
    .request(request)
    .then(() => undefined)
    .catch((thrown: unknown) => thrown)
  if (!(error instanceof HubError)) {
    throw new Error("Expected a HubError.")
  }
  const { stack } = error
  expect(`${error.message} ${stack} ${String(error.cause)} ${JSON.stringify(error)}`).not.toContain(SECRET)
  return error
}

const isUnknown = (error: HubError): boolean => error instanceof OutcomeUnknownError

describe("an answered request", () => {
  it("carries method, path, query, headers and a JSON body", async () => {
    const seen: unknown[] = []
    const baseUrl = await listen((request, response) => {
      const { method, url, headers } = request
      let body = ""
      request.on("data", (chunk) => (body += String(chunk)))
      request.on("end", () => {
        seen.push({ method, url, type: headers["content-type"], own: headers["x-own"], all: headers["x-all"], body })
        response.writeHead(201, { "X-Answer": "yes" }).end('{"ok":true}')
      })
    })
    const client = createHttpClient({ baseUrl: `${baseUrl}/base/`, timeoutMs: 1_000, headers: { "x-all": "1" } })
    const response = await client.request({
      method: "PUT",
      path: "/thing",
      query: { a: "1 2", b: undefined },
      headers: { "x-own": "2" },
      body: { n: 1 },
    })
    expect(response).toMatchObject({ status: 201, body: { ok: true }, headers: { "x-answer": "yes" } })
    expect(seen).toEqual([
      { method: "PUT", url: "/base/thing?a=1+2", type: "application/json", own: "2", all: "1", body: '{"n":1}' },
    ])
  })

  it("resolves for every status, with the text where it is not JSON and null where there is none", async () => {
    const answers = [
      { status: 404, text: '{"error":"gone"}', body: { error: "gone" } },
      { status: 502, text: "<html>", body: "<html>" },
      { status: 204, text: "", body: null },
    ]
    for (const { status, text, body } of answers) {
      const baseUrl = await listen((_request, response) => response.writeHead(status).end(text))
      expect(await createHttpClient({ baseUrl, timeoutMs: 1_000 }).request(POST)).toMatchObject({ status, body })
    }
  })

  it("does not follow a redirect, which would carry the token elsewhere", async () => {
    let stolen: string | undefined
    const thief = await listen((request, response) => {
      stolen = request.headers.authorization ?? "reached"
      response.end()
    })
    const baseUrl = await listen((_request, response) => response.writeHead(307, { location: `${thief}/` }).end())
    expect(await createHttpClient({ baseUrl, timeoutMs: 1_000 }).request(POST)).toMatchObject({ status: 307 })
    expect(stolen).toBeUndefined()
  })

  it("keeps its connections alive over many calls", async () => {
    let connections = 0
    const baseUrl = await listen((_request, response) => response.end("{}"))
    servers[0]?.on("connection", () => (connections += 1))
    const client = createHttpClient({ baseUrl, timeoutMs: 1_000 })
    for (let call = 0; call < 20; call += 1) {
      await client.request(POST)
    }
    // A second one may be opened while the first is just being given back.
    expect(connections).toBeLessThanOrEqual(2)
  })
})

describe("a request without an answer", () => {
  it.each([
    ["GET", GET, false],
    ["POST", POST, true],
  ])("that times out as %s", async (_method, request, unknown) => {
    const baseUrl = await listen(() => undefined)
    const error = await errorOf(request, { baseUrl, timeoutMs: 400 })
    expect({ kind: error.kind, unknown: isUnknown(error) }).toEqual({ kind: "transient", unknown })
    expect(error.message).toContain("within 400 ms")
  })

  it("times out while the body is still dripping in", async () => {
    const baseUrl = await listen((_request, response) => response.writeHead(200).write("{"))
    expect(isUnknown(await errorOf(POST, { baseUrl, timeoutMs: 400 }))).toBe(true)
  })

  it.each([
    ["GET", GET, false],
    ["POST", POST, true],
  ])("whose connection is cut as %s", async (_method, request, unknown) => {
    const baseUrl = await listen((message) => message.socket.destroy())
    const error = await errorOf(request, { baseUrl, timeoutMs: 1_000 })
    expect({ kind: error.kind, unknown: isUnknown(error) }).toEqual({ kind: "transient", unknown })
  })

  it.each([
    ["a port where nobody listens", unusedUrl],
    ["a name that nobody knows", async () => Promise.resolve("http://there-is-none.invalid")],
  ])("never left for %s: plainly transient, even for a write", async (_name, url) => {
    const error = await errorOf(POST, { baseUrl: await url(), timeoutMs: 2_000 })
    expect({ kind: error.kind, unknown: isUnknown(error) }).toEqual({ kind: "transient", unknown: false })
  })
})

describe("limits", () => {
  it.each([
    ["GET", GET, { kind: "invalid-data", unknown: false }],
    ["POST", POST, { kind: "transient", unknown: true }],
  ])("stops reading an answer to a %s that is too large", async (_method, request, expected) => {
    let written = 0
    const baseUrl = await listen((_request, response) => {
      response.writeHead(200)
      const write = (): void => {
        while (!response.destroyed && written < 50_000_000) {
          written += 100_000
          if (!response.write("x".repeat(100_000))) {
            response.once("drain", write)
            return
          }
        }
      }
      write()
    })
    const error = await errorOf(request, { baseUrl, timeoutMs: 2_000, bounds: { maxResponseBytes: 1_000 } })
    expect({ kind: error.kind, unknown: isUnknown(error) }).toEqual(expected)
    expect(written).toBeLessThan(50_000_000)
  })

  it("reads an answer that is just as long as it may be", async () => {
    const baseUrl = await listen((_request, response) => response.end(`"${"x".repeat(998)}"`))
    const response = await createHttpClient({ baseUrl, timeoutMs: 1_000, bounds: { maxResponseBytes: 1_000 } }).request(
      GET
    )
    expect(response.body).toBe("x".repeat(998))
  })

  it("says invalid-data, and no secret, for a header that cannot be sent", async () => {
    const request: HttpRequest = { ...POST, headers: { authorization: `${SECRET}\nx` } }
    const error = await errorOf(request, { baseUrl: "http://127.0.0.1:1", timeoutMs: 100 })
    expect({ kind: error.kind, unknown: isUnknown(error) }).toEqual({ kind: "invalid-data", unknown: false })
  })
})
