import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { problem, readRequest, RequestError, writeAnswer, type Answer, type SimulatorRequest } from "./answer"
import { answerControl } from "./control-api"
import { answerHub } from "./hub-api"
import { answerOAuth, isOAuth } from "./oauth-api"
import { simulatorSettingsSchema, type SimulatorSettingsInput } from "./settings"
import { answerShop } from "./shop-api"
import { Simulator } from "./simulator"

export interface RunningSimulator {
  readonly name: string
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  /** Cuts every connection and ends whatever waits. Everything it knew is gone. */
  stop(): Promise<void>
}

async function answerRequest(simulator: Simulator, request: SimulatorRequest): Promise<Answer> {
  try {
    if (request.path.startsWith("/shop/")) {
      return answerShop(simulator, request)
    }
    if (isOAuth(request)) {
      return answerOAuth(simulator, request)
    }
    if (request.path.startsWith("/control/")) {
      return answerControl(simulator, request)
    }
    return await answerHub(simulator, request)
  } catch (error) {
    if (error instanceof RequestError) {
      return problem(error.status, error.message)
    }
    const isStopping = error instanceof Error && error.name === "AbortError"
    return isStopping ? "cut" : problem(500, `A bug of the simulator: ${error instanceof Error ? error.stack : "?"}`)
  }
}

async function serve(simulator: Simulator, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    writeAnswer(response, await answerRequest(simulator, await readRequest(message)))
  } catch {
    // The other side went away in the middle of its own request: there is nobody to answer.
    response.destroy()
  }
}

/**
 * Starts a fake sales channel on a real port. It keeps everything in memory and is good for demos and tests only.
 *
 * @throws ZodError for settings that do not exist; the system's error for a port that is taken
 */
export async function startSimulator(input: SimulatorSettingsInput = {}): Promise<RunningSimulator> {
  const settings = simulatorSettingsSchema.parse(input)
  const simulator = new Simulator(settings)
  const server = createServer((message, response) => void serve(simulator, message, response))
  // Longer than any client keeps an idle connection: a request never meets a connection that is just being closed.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(settings.port, settings.host, () => resolve())
  })
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : settings.port
  return {
    name: settings.name,
    url: `http://${settings.host}:${port}`,
    port,
    stop: () =>
      new Promise((resolve) => {
        simulator.stop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
