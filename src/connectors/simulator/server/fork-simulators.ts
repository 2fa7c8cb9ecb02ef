import { fork, type ChildProcess } from "node:child_process"
import { extname, join } from "node:path"
import { createInterface } from "node:readline"
import { z } from "@medusajs/framework/zod"
import type { SimulatorSettingsInput } from "./settings"

const readyLineSchema = z.object({ name: z.string(), url: z.string(), port: z.number() })

export interface ForkedSimulators {
  /** In the order of the settings. */
  readonly simulators: readonly z.infer<typeof readyLineSchema>[]
  /** Id of the process that hosts them all. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

async function readReadyLines(child: ChildProcess, count: number): Promise<z.infer<typeof readyLineSchema>[]> {
  const ready: z.infer<typeof readyLineSchema>[] = []
  const { stdout } = child
  if (stdout) {
    for await (const line of createInterface({ input: stdout })) {
      ready.push(readyLineSchema.parse(JSON.parse(line)))
      if (ready.length === count) {
        stdout.resume()
        return ready
      }
    }
  }
  throw new Error("The simulator process ended before it was ready. Its reason stands above, on stderr.")
}

/** Starts simulators in one process of their own, which ends with this one. Works from the sources and from the build. */
export async function forkSimulators(settings: readonly SimulatorSettingsInput[]): Promise<ForkedSimulators> {
  const extension = extname(__filename)
  const child = fork(join(__dirname, `main${extension}`), [], {
    execArgv: extension === ".ts" ? ["-r", "ts-node/register/transpile-only"] : [],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  })
  child.send(settings)
  const simulators = await readReadyLines(child, settings.length)
  return {
    simulators,
    pid: child.pid,
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
