import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { FakeShopify, type FakeAnswer, type FakeRequest } from "./fake-shopify"
import { settingsSchema, type FakeShopifyInput } from "./settings"
import { answerShop } from "./shop-api"

export interface RunningFakeShopify {
  readonly name: string
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  readonly fake: FakeShopify
  stop(): Promise<void>
}

async function readRequest(message: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) {
    chunks.push(chunk as Buffer)
  }
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(" ") : value])
  )
  return {
    method: message.method ?? "GET",
    path: message.url ?? "/",
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
  }
}

function write(response: ServerResponse, answer: FakeAnswer): void {
  if (answer === "silence") {
    return
  }
  if (answer === "cut") {
    response.destroy()
    return
  }
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers })
  response.end(JSON.stringify(answer.body))
}

async function serve(fake: FakeShopify, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const request = await readRequest(message)
    write(response, answerShop(fake, request) ?? (await fake.answer(request)))
  } catch (error) {
    write(response, {
      status: 500,
      body: { errors: `A bug of the fake: ${error instanceof Error ? String(error.stack) : "?"}` },
    })
  }
}

/** Starts a fake Shopify on a real port. It keeps everything in memory and is good for demos and tests only. */
export async function startFakeShopify(input: FakeShopifyInput = {}): Promise<RunningFakeShopify> {
  const settings = settingsSchema.parse(input)
  const fake = new FakeShopify(input)
  const server = createServer((message, response) => void serve(fake, message, response))
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
    fake,
    stop: () =>
      new Promise((resolve) => {
        fake.stop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
