import { z } from "@medusajs/framework/zod"
import { settingsSchema } from "./settings"
import { startFakeShopify } from "./start-fake-shopify"

/**
 * Hosts fakes of Shopify in a process of their own. Settings come as JSON in the first argument, one object or a list, or as
 * one message from the parent. Prints one JSON line `{"name", "url", "port"}` for each that is ready, and ends with its parent.
 */
async function main(): Promise<void> {
  const [argument] = process.argv.slice(2)
  const raw: unknown =
    argument !== undefined
      ? JSON.parse(argument)
      : process.send
        ? await new Promise((resolve) => process.once("message", resolve))
        : {}
  const list = z.array(settingsSchema).parse(Array.isArray(raw) ? raw : [raw])
  const fakes = await Promise.all(list.map((settings) => startFakeShopify(settings)))
  const stop = (): void => void Promise.all(fakes.map((fake) => fake.stop())).then(() => process.exit(0))
  process.once("SIGTERM", stop).once("SIGINT", stop)
  if (process.send) {
    process.once("disconnect", stop)
  }
  for (const { name, url, port } of fakes) {
    process.stdout.write(`${JSON.stringify({ name, url, port })}\n`)
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
