import { fstatSync, readFileSync } from "node:fs"
import { z } from "@medusajs/framework/zod"
import { simulatorSettingsSchema, type SimulatorSettings } from "./settings"
import { startSimulator } from "./start-simulator"

/**
 * Hosts one or more simulators in a process of their own.
 *
 * Settings come as JSON, as the path of a JSON file, or, without an argument, as one message from the parent; one object
 * or a list of them. For every simulator that is ready it prints one JSON line `{"name", "url", "port"}`. It ends on
 * SIGTERM and SIGINT and together with its parent, so that no test run leaves a channel behind.
 */
async function main(): Promise<void> {
  const simulators = await Promise.all((await readSettings()).map((settings) => startSimulator(settings)))
  const stop = (): void => {
    void Promise.all(simulators.map((simulator) => simulator.stop())).then(() => process.exit(0))
  }
  process.once("SIGTERM", stop).once("SIGINT", stop)
  endWithParent(stop)
  for (const { name, url, port } of simulators) {
    process.stdout.write(`${JSON.stringify({ name, url, port })}\n`)
  }
}

async function readSettings(): Promise<SimulatorSettings[]> {
  const [argument] = process.argv.slice(2)
  const raw: unknown =
    argument === undefined ? await messageFromParent() : JSON.parse(isJson(argument) ? argument : readText(argument))
  const list = z.array(simulatorSettingsSchema).min(1)
  return list.parse(Array.isArray(raw) ? raw : [raw])
}

const isJson = (argument: string): boolean => /^\s*[[{]/.test(argument)

const readText = (path: string): string => readFileSync(path, "utf8")

function messageFromParent(): Promise<unknown> {
  return process.send ? new Promise((resolve) => process.once("message", resolve)) : Promise.resolve({})
}

/** A parent that forked us is gone when the channel closes; one that piped into us, when the pipe does. */
function endWithParent(stop: () => void): void {
  if (process.send) {
    process.once("disconnect", stop)
    return
  }
  const stdin = fstatSync(0)
  if (stdin.isFIFO() || stdin.isSocket()) {
    process.stdin.once("end", stop).resume()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
