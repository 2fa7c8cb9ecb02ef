import { createServer } from "node:net"
import { codeOf, failure, messageOf, USE_OWN_POSTGRES } from "./failure"

/** "localhost" can mean either; Postgres would start with one of them taken and only grumble in its log. */
const LOOPBACKS = ["127.0.0.1", "::1"] as const

const NO_SUCH_ADDRESS = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"])

export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await listenBriefly(0, LOOPBACKS[0])
    if ((await whyTaken(port)) === undefined) return port
  }
  throw failure("No free port was found on localhost.", "", `close some programs, or ${USE_OWN_POSTGRES}.`)
}

export async function assertPortIsFree(port: number): Promise<void> {
  const error = await whyTaken(port)
  if (error === undefined) return
  const [what, next] =
    codeOf(error) === "EADDRINUSE"
      ? [`Port ${port} is taken by another program.`, `stop it ("lsof -i :${port}" names it), or choose another port.`]
      : [`Port ${port} cannot be used on localhost.`, "choose another port, above 1023."]
  throw failure(what, messageOf(error), next, error)
}

async function whyTaken(port: number): Promise<unknown> {
  for (const address of LOOPBACKS) {
    try {
      await listenBriefly(port, address)
    } catch (error) {
      if (!NO_SUCH_ADDRESS.has(codeOf(error) ?? "")) return error
    }
  }
  return undefined
}

function listenBriefly(port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen({ port, host: address, exclusive: true }, () => {
      const bound = server.address()
      server.close(() => resolve(typeof bound === "object" && bound ? bound.port : port))
    })
  })
}
