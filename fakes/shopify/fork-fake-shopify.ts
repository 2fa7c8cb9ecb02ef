import { fork } from "node:child_process"
import { extname, join } from "node:path"
import { createInterface } from "node:readline"
import { z } from "@medusajs/framework/zod"
import type { FakeShopifyInput } from "./settings"

const readySchema = z.object({ name: z.string(), url: z.string(), port: z.number() })

export interface ForkedFakeShopify extends z.infer<typeof readySchema> {
  stop(): Promise<void>
}

/** Starts a fake Shopify in a process of its own, which ends with this one. */
export async function forkFakeShopify(settings: FakeShopifyInput): Promise<ForkedFakeShopify> {
  const extension = extname(__filename)
  const child = fork(join(__dirname, `main${extension}`), [], {
    execArgv: extension === ".ts" ? ["-r", "ts-node/register/transpile-only"] : [],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  })
  child.send(settings)
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      child.stdout.resume()
      return {
        ...readySchema.parse(JSON.parse(line)),
        stop: () =>
          new Promise((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) {
              resolve()
              return
            }
            child.once("exit", () => resolve())
            child.kill("SIGTERM")
          }),
      }
    }
  }
  throw new Error("The fake Shopify ended before it was ready. Its reason stands above, on stderr.")
}
