import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from "node:net"

const portOf = (server: TcpServer): number => {
  const address = server.address()
  if (typeof address !== "object" || address === null) {
    throw new Error("The server does not listen.")
  }
  return address.port
}

/** Servers of one test. `close` ends them all, whatever hangs on them. */
export class LocalServers {
  private readonly servers: Server[] = []
  private readonly tcpServers: TcpServer[] = []
  private readonly sockets = new Set<Socket>()

  async http(listener: RequestListener, host = "127.0.0.1", port = 0): Promise<number> {
    const server = createServer(listener)
    await this.listen(server, host, port)
    this.servers.push(server)
    return portOf(server)
  }

  /** A server that answers with raw bytes. */
  async tcp(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createTcpServer((socket) => {
      this.sockets.add(socket)
      socket.on("error", () => undefined)
      onConnection(socket)
    })
    await this.listen(server, "127.0.0.1", 0)
    this.tcpServers.push(server)
    return portOf(server)
  }

  async close(): Promise<void> {
    this.servers.forEach((server) => server.closeAllConnections())
    this.sockets.forEach((socket) => socket.destroy())
    await Promise.all(
      [...this.servers.splice(0), ...this.tcpServers.splice(0)].map(
        (server) => new Promise((resolve) => server.close(resolve))
      )
    )
  }

  private listen(server: TcpServer, host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once("error", reject)
      server.listen(port, host, resolve)
    })
  }
}

/** What a promise is rejected with. Throws when it is not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => ({ isRejected: false as const }),
    (reason: unknown) => ({ isRejected: true as const, reason })
  )
  if (!outcome.isRejected) {
    throw new Error("Expected a rejection.")
  }
  return outcome.reason
}
