import { createServer } from "node:net"

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })

/** The first free port from `first` on. Ports are tried on every address that Medusa would listen on. */
export async function findFreePort(first: number): Promise<number> {
  for (let port = first; port < first + 200; port += 1) {
    if (await isFree(port)) {
      return port
    }
  }
  throw new Error(`No free port from ${first} to ${first + 199}. Stop a program that listens there and try again.`)
}
