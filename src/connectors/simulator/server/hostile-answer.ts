import type { ServerResponse } from "node:http"
import { gzipSync } from "node:zlib"
import type { Answer, HostileForm } from "./answer"

const DRIP_MS = 100
/** Endless ends here, so that a hub that reads it all is seen to do so and not killed by it. */
const ENDLESS_BYTES = 1024 * 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, "x")
const HEADER = `x-filler: ${"y".repeat(1_000)}\r\n`
/** What the gzip bomb unpacks to. */
const UNPACKED_BYTES = 200 * 1024 * 1024

/** Writes as fast as the other side reads, until it goes away or `bytes` are written. */
function pour(write: () => boolean, response: ServerResponse, bytes: number): void {
  let left = bytes
  const socket = response.socket
  const go = (): void => {
    while (left > 0 && socket && !socket.destroyed) {
      left -= CHUNK.length
      if (!write()) {
        socket.once("drain", go)
        return
      }
    }
    response.destroy()
  }
  go()
}

function drip(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length })
  let sent = 0
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + 1))
    sent += 1
    if (sent === body.length) {
      response.end()
    }
  }, DRIP_MS)
  response.once("close", () => clearInterval(timer))
}

/** Answers as a broken or hostile server would, after the call has been carried out. */
export function writeHostileAnswer(response: ServerResponse, given: Exclude<Answer, "cut">, how: HostileForm): void {
  switch (how.form) {
    case "drip":
      drip(response, Buffer.from(JSON.stringify(given.body)))
      break
    case "endless-body":
      response.writeHead(200, { "content-type": "application/json" })
      pour(() => response.write(CHUNK), response, ENDLESS_BYTES)
      break
    case "endless-headers":
      response.socket?.write("HTTP/1.1 200 OK\r\n")
      pour(() => response.socket?.write(HEADER.repeat(64)) ?? false, response, ENDLESS_BYTES)
      break
    case "gzip-bomb":
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      response.end(gzipSync(Buffer.alloc(UNPACKED_BYTES, "0")))
      break
    case "redirect":
      response.writeHead(307, { location: how.redirectTo ?? "http://169.254.169.254/latest/meta-data" })
      response.end()
  }
}
