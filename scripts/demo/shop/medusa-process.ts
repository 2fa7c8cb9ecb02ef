import { spawn, type ChildProcess } from "node:child_process"
import { createWriteStream, mkdirSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"

export interface MedusaEnvironment {
  readonly repoFolder: string
  /** Where each command's output is kept. */
  readonly logFolder: string
  readonly variables: Readonly<Record<string, string>>
  /** Aborted when the person has had enough: whatever runs is ended. */
  readonly signal?: AbortSignal
}

/** The person stopped the demo: no failure, and nothing to explain. */
export class StoppedError extends Error {}

const CLI = join("node_modules", ".bin", "medusa")
const LAST_LINES = 25

/** Runs a Medusa command, keeps its output in a file and fails with the last of it. */
function launch(
  environment: MedusaEnvironment,
  name: string,
  args: readonly string[],
  onLine: (line: string) => void,
  folder?: string
): { child: ChildProcess; done: Promise<void> } {
  mkdirSync(environment.logFolder, { recursive: true })
  const logFile = join(environment.logFolder, `${name}.log`)
  const log = createWriteStream(logFile)
  const child = spawn(join(environment.repoFolder, CLI), [...args], {
    cwd: folder ?? environment.repoFolder,
    env: { ...process.env, MEDUSA_DISABLE_TELEMETRY: "true", ...environment.variables },
    stdio: ["ignore", "pipe", "pipe"],
    // Its own group, so that Ctrl-C reaches us alone and we stop things in the right order.
    detached: true,
  })
  const end = (): boolean => child.kill("SIGTERM")
  environment.signal?.addEventListener("abort", end, { once: true })
  const tail: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`)
      tail.push(line)
      tail.splice(0, tail.length - LAST_LINES)
      onLine(line)
    })
  }
  const done = new Promise<void>((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code, signal) => {
      log.end()
      environment.signal?.removeEventListener("abort", end)
      if (environment.signal?.aborted) {
        reject(new StoppedError())
      } else if (code === 0 || signal === "SIGTERM") {
        resolve()
      } else {
        reject(
          new Error(
            `medusa ${args.join(" ")} ended with ${signal ?? code}. Its last words (all in ${logFile}):\n${tail.join("\n")}`
          )
        )
      }
    })
  })
  return { child, done }
}

/** Runs a Medusa command to its end. */
export async function runMedusa(
  environment: MedusaEnvironment,
  name: string,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined
): Promise<void> {
  await launch(environment, name, args, onLine).done
}

export interface RunningMedusa {
  readonly pid: number
  readonly url: string
  /** Rejects when Medusa dies by itself. */
  readonly died: Promise<never>
  stop(): Promise<void>
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

/** Starts the server and waits until it answers. `folder` is where the built app lies; by default the source is run. */
export async function startMedusa(
  environment: MedusaEnvironment,
  port: number,
  folder?: string
): Promise<RunningMedusa> {
  const url = `http://127.0.0.1:${port}`
  const { child, done } = launch(environment, "medusa", ["start", "--port", String(port)], () => undefined, folder)
  let isStopping = false
  const died = done.then((): never => {
    throw new Error("Medusa stopped.")
  })
  died.catch(() => undefined)
  const stop = async (): Promise<void> => {
    if (!isStopping && child.exitCode === null) {
      isStopping = true
      child.kill("SIGTERM")
      const hard = setTimeout(() => child.kill("SIGKILL"), 15_000)
      await done.catch(() => undefined)
      clearTimeout(hard)
    }
  }
  const ready = (async () => {
    const deadline = Date.now() + 120_000
    while (!(await isHealthy(url))) {
      if (Date.now() > deadline) {
        throw new Error(`Medusa did not answer at ${url} within two minutes; see ${environment.logFolder}/medusa.log.`)
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  })()
  try {
    await Promise.race([ready, died])
  } catch (error) {
    await stop()
    throw error
  }
  return { pid: child.pid ?? 0, url, died, stop }
}
