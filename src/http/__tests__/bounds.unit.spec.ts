import type { Socket } from "node:net"
import { gzipSync } from "node:zlib"
import { HubError } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { HttpRequest } from "../../types/http-port"
import { createHttpClient } from "../http-client"
import type { TransportOptions } from "../transport"
import { LocalServers, rejectionOf } from "./local-servers"

const GET: HttpRequest = { method: "GET", path: "/" }
const POST: HttpRequest = { method: "POST", path: "/", body: {} }
const MIB = 1_048_576

const servers = new LocalServers()
afterEach(() => servers.close())

/** What the kernels of both sides may hold on top of what was read: send and receive buffers of a loopback socket. */
const BUFFERS = 8 * MIB

interface Trap {
  readonly port: number
  /** Bytes that the trap could get rid of. */
  readonly sent: () => number
  /** Resolves when the client has closed the connection. */
  readonly closed: Promise<void>
}

/** Sends `head` once and `more` for ever, as fast as it is taken. */
async function endless(head: string, more: string): Promise<Trap> {
  let sent = 0
  let close: () => void = () => undefined
  const closed = new Promise<void>((resolve) => (close = resolve))
  const pour = (socket: Socket): void => {
    while (!socket.destroyed && sent < 400 * MIB) {
      sent += more.length
      if (!socket.write(more)) {
        socket.once("drain", () => pour(socket))
        return
      }
    }
  }
  const port = await servers.tcp((socket) => {
    socket.on("close", close)
    socket.once("data", () => {
      socket.write(head)
      pour(socket)
    })
  })
  return { port, sent: () => sent, closed }
}

const clientOf = (
  port: number,
  bounds: Omit<TransportOptions, "guard"> = {},
  timeoutMs = 5_000
): ReturnType<typeof createHttpClient> =>
  createHttpClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs, allowPrivateAddresses: ["127.0.0.1"], bounds })

const OK = "HTTP/1.1 200 OK\r\n"

describe("a hostile answer costs a bounded amount", () => {
  it.each([
    ["an endless body", `${OK}transfer-encoding: chunked\r\n\r\n`, `10000\r\n${"x".repeat(65_536)}\r\n`, "its body"],
    ["an endless body without chunks", `${OK}\r\n`, "x".repeat(65_536), "its body"],
    ["one endless header", `${OK}x: `, "y".repeat(65_536), "its headers"],
    ["headers without end", OK, `x-filler-header: ${"y".repeat(100)}\r\n`.repeat(100), "its headers"],
    [
      "trailers without end",
      `${OK}transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n`,
      `x-filler-trailer: ${"y".repeat(100)}\r\n`.repeat(100),
      "its headers",
    ],
    ["interim answers without end", "", "HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000), "interim"],
  ])("%s", async (_name, head, more, words) => {
    const trap = await endless(head, more)
    const rssBefore = process.memoryUsage().rss
    const error = await rejectionOf(clientOf(trap.port, { maxResponseBytes: MIB }).request(GET))
    await trap.closed
    expect(String(error)).toContain(words)
    expect(trap.sent()).toBeLessThan(MIB + BUFFERS)
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(128 * MIB)
  })

  it("control: without the cap far more of the endless body is taken", async () => {
    const trap = await endless(`${OK}\r\n`, "x".repeat(65_536))
    await rejectionOf(clientOf(trap.port, { maxResponseBytes: 64 * MIB }).request(GET))
    await trap.closed
    expect(trap.sent()).toBeGreaterThan(32 * MIB)
  })

  it("chunk extensions without end are no answer: the pause is counted in bytes of the body", async () => {
    const trap = await endless(`${OK}transfer-encoding: chunked\r\n\r\n1;`, "x".repeat(65_536))
    const error = await rejectionOf(clientOf(trap.port, { idleTimeoutMs: 50 }, 2_000).request(GET))
    await trap.closed
    expect(error).toMatchObject({ kind: "transient" })
  })

  it("a length that is announced and too large is not waited for", async () => {
    let reads = 0
    const port = await servers.tcp((socket) => {
      socket.on("data", () => {
        reads += 1
        socket.write(`${OK}content-length: 99999999999\r\n\r\n`)
      })
    })
    const error = await rejectionOf(clientOf(port).request(GET))
    expect(error).toMatchObject({ kind: "invalid-data" })
    expect(reads).toBe(1)
  })

  it("a body that drips one byte at a time ends with the time of the whole call", async () => {
    let drips = 0
    const port = await servers.tcp((socket) => {
      socket.once("data", () => {
        socket.write(`${OK}content-length: 100000\r\n\r\n`)
        const timer = setInterval(() => {
          drips += 1
          socket.write("x")
        }, 5)
        socket.on("close", () => clearInterval(timer))
      })
    })
    const error = await rejectionOf(clientOf(port, { idleTimeoutMs: 10_000 }, 150).request(GET))
    expect(String(error)).toContain("within 150 ms")
    expect(drips).toBeGreaterThan(1)
    expect(drips).toBeLessThan(100)
  })

  it("a body that stops in the middle ends with the pause", async () => {
    const port = await servers.tcp((socket) => {
      socket.once("data", () => socket.write(`${OK}content-length: 10\r\n\r\nfive!`))
    })
    const error = await rejectionOf(clientOf(port, { idleTimeoutMs: 50 }, 60_000).request(GET))
    expect(String(error)).toContain("stopped in the middle of its answer (after 5 bytes)")
  })

  it("a body that comes slowly but steadily is read to its end, however long the pauses are together", async () => {
    const port = await servers.tcp((socket) => {
      socket.once("data", () => {
        socket.write(`${OK}content-length: 12\r\n\r\n`)
        let left = 12
        const timer = setInterval(() => {
          socket.write("1")
          left -= 1
          if (left === 0) {
            clearInterval(timer)
          }
        }, 50)
        socket.on("close", () => clearInterval(timer))
      })
    })
    expect(await clientOf(port, { idleTimeoutMs: 400 }).request(GET)).toMatchObject({ body: 111_111_111_111 })
  })

  it("a handshake that fails has sent nothing", async () => {
    const port = await servers.http((_request, response) => response.end("{}"))
    const secure = createHttpClient({
      baseUrl: `https://127.0.0.1:${port}`,
      timeoutMs: 5_000,
      allowPrivateAddresses: ["127.0.0.1"],
    })
    const error = await rejectionOf(secure.request(POST))
    expect(error).not.toBeInstanceOf(OutcomeUnknownError)
    expect(String(error)).toContain("no connection could be opened")
  })

  it.each([
    ["no byte at all", ""],
    ["half a status line", "HTTP/1.1 2"],
    ["half the headers", `${OK}content-le`],
  ])("%s ends with the time of the whole call", async (_name, text) => {
    const port = await servers.tcp((socket) => socket.once("data", () => socket.write(text)))
    expect(await rejectionOf(clientOf(port, {}, 400).request(POST))).toBeInstanceOf(OutcomeUnknownError)
  })

  it("a connection that is never accepted ends with the time for connecting, and nothing was sent", async () => {
    const lookUp: TransportOptions["lookUp"] = () => undefined
    const silent = createHttpClient({
      baseUrl: "http://shop.example",
      timeoutMs: 60_000,
      bounds: { connectTimeoutMs: 50, lookUp },
    })
    const error = await rejectionOf(silent.request(POST))
    expect(error).not.toBeInstanceOf(OutcomeUnknownError)
    expect(error).toMatchObject({ kind: "transient" })
  })

  it.each([
    ["garbage", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["two lengths", `${OK}content-length: 1\r\ncontent-length: 2\r\n\r\nxx`],
    ["a length and chunks", `${OK}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`],
  ])("%s is no answer", async (_name, text) => {
    const port = await servers.tcp((socket) => socket.once("data", () => socket.end(text)))
    expect(await rejectionOf(clientOf(port).request(GET))).toMatchObject({ kind: "transient" })
  })
})

describe("a packed answer", () => {
  const serve = (encoding: string, body: Buffer): Promise<number> =>
    servers.http((_request, response) => response.setHeader("content-encoding", encoding).end(body))

  it("is unpacked", async () => {
    const port = await serve("gzip", gzipSync(JSON.stringify({ ok: true })))
    expect(await clientOf(port).request(GET)).toMatchObject({ body: { ok: true } })
  })

  it("is not unpacked beyond the cap: a bomb of 100 KB that wants to be 100 MB", async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MIB))
    expect(bomb.byteLength).toBeLessThan(MIB / 4)
    const port = await serve("gzip", bomb)
    const rssBefore = process.memoryUsage().rss
    const error = await rejectionOf(clientOf(port).request(GET))
    expect(error).toMatchObject({ kind: "invalid-data" })
    expect(String(error)).toContain("its unpacked body")
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(48 * MIB)
  })

  it("is unpacked just as far as the cap", async () => {
    const text = JSON.stringify("x".repeat(998))
    const port = await serve("gzip", gzipSync(text))
    expect((await clientOf(port, { maxResponseBytes: 1_000 }).request(GET)).body).toHaveLength(998)
    const error = await rejectionOf(clientOf(port, { maxResponseBytes: 999 }).request(GET))
    expect(error).toMatchObject({ kind: "invalid-data" })
  })

  it.each(["br", "gzip, gzip", "zstd", "nonsense"])("in %s was not asked for", async (encoding) => {
    const port = await serve(encoding, gzipSync(gzipSync("{}")))
    expect(await rejectionOf(clientOf(port).request(GET))).toMatchObject({ kind: "invalid-data" })
    expect(await rejectionOf(clientOf(port).request(POST))).toBeInstanceOf(OutcomeUnknownError)
  })

  it("that is broken cannot be read", async () => {
    const port = await serve("gzip", Buffer.from("this is not gzip"))
    expect(await rejectionOf(clientOf(port).request(GET))).toMatchObject({ kind: "invalid-data" })
  })

  it("is asked for, whatever the connector would like", async () => {
    let asked: string | undefined
    const port = await servers.http((request, response) => {
      asked = String(request.headers["accept-encoding"])
      response.end("{}")
    })
    await clientOf(port).request({ ...GET, headers: { "Accept-Encoding": "br" } })
    expect(asked).toBe("gzip, deflate")
  })
})

describe("places", () => {
  it("a channel that hangs takes its own places and nobody else's", async () => {
    const hanging = await servers.http(() => undefined)
    const healthy = await servers.http((_request, response) => response.end("{}"))
    const stuck = clientOf(hanging, { maxConcurrent: 4 }, 1_000)
    const calls = Array.from({ length: 40 }, () => rejectionOf(stuck.request(GET)))
    for (let call = 0; call < 20; call += 1) {
      expect(await clientOf(healthy).request(GET)).toMatchObject({ status: 200 })
    }
    const errors = (await Promise.all(calls)).map(String)
    expect(errors.filter((text) => text.includes("gave no answer within"))).toHaveLength(4)
    expect(errors.filter((text) => text.includes("was not sent"))).toHaveLength(36)
  })

  it("no more than that many calls are on their way at once, and all get their turn", async () => {
    const order: string[] = []
    let now = 0
    let most = 0
    const port = await servers.http((request, response) => {
      now += 1
      most = Math.max(most, now)
      order.push(request.url ?? "")
      setTimeout(() => {
        now -= 1
        response.end("{}")
      }, 5)
    })
    const client = clientOf(port, { maxConcurrent: 3 })
    const paths = Array.from({ length: 30 }, (_, index) => `/${index}`)
    await Promise.all(paths.map((path) => client.request({ ...GET, path })))
    expect(most).toBe(3)
    expect([...order].sort()).toEqual([...paths].sort())
  })

  it("a line that is too long turns the next away at once, and says that nothing was sent", async () => {
    const port = await servers.http(() => undefined)
    const client = clientOf(port, { maxConcurrent: 1, maxWaiting: 1 }, 300)
    const first = rejectionOf(client.request(POST))
    const second = rejectionOf(client.request(POST))
    const error = await rejectionOf(client.request(POST))
    expect(error).toBeInstanceOf(HubError)
    expect(error).not.toBeInstanceOf(OutcomeUnknownError)
    expect(await first).toBeInstanceOf(OutcomeUnknownError)
    expect(await second).not.toBeInstanceOf(OutcomeUnknownError)
  })
})
