import { spawn } from "node:child_process"
import { open, readFile } from "node:fs/promises"
import { join } from "node:path"
import { codeOf, failure, messageOf, USE_OWN_POSTGRES } from "./failure"
import { type Identity, spawnAs } from "./identity"
import type { Place } from "./places"
import { waitForEnd, whoRunsAs } from "./processes"

/** Nothing of the caller's environment but the search path: PG…, LC_… and TZ would change how the server behaves. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"] ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
}

const LARGEST_LOG = 10_000_000

export interface ServerProcess {
  readonly pid: number
  isRunning(): boolean
  /** What this server, not an earlier one, wrote to its log. */
  readLog(): Promise<string>
}

export function serverOptions(dataFolder: string, port: number, durable: boolean): string[] {
  const settings = [
    "listen_addresses=localhost",
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=128MB",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ]
  return ["-D", dataFolder, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])]
}

/**
 * Starts the server in a process group of its own, writing to a file: neither Ctrl-C in the terminal nor the end of
 * this process ends it. It is stopped by `stopServer`, or found again by the next start.
 */
export async function spawnServer(
  place: Place,
  binaries: string,
  port: number,
  durable: boolean,
  identity: Identity | undefined
): Promise<ServerProcess> {
  const program = join(binaries, "bin", "postgres")
  const log = await open(place.logFile, "a", 0o600)
  try {
    if ((await log.stat()).size > LARGEST_LOG) await log.truncate(0)
    const { size } = await log.stat()
    const child = spawn(program, serverOptions(place.dataFolder, port, durable), {
      cwd: place.folder,
      env: SERVER_ENVIRONMENT,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      ...spawnAs(identity),
    })
    const pid = await new Promise<number>((resolve, reject) => {
      child.once("error", reject)
      child.once("spawn", () => (child.pid === undefined ? reject(new Error("no process id")) : resolve(child.pid)))
    })
    child.unref()
    return {
      pid,
      isRunning: () => child.exitCode === null && child.signalCode === null,
      readLog: async () => (await readFile(place.logFile)).subarray(size).toString(),
    }
  } catch (error) {
    const next = spawnAdvice(error) ?? `look at the message, or ${USE_OWN_POSTGRES}.`
    throw failure(`Postgres could not be started from ${program}.`, messageOf(error), next, error)
  } finally {
    await log.close()
  }
}

/** Why a program that exists does not even begin to run. */
export function spawnAdvice(error: unknown): string | undefined {
  switch (codeOf(error)) {
    case "ENOENT":
      return `the programs need glibc, which Alpine has not: use another image (Debian), or ${USE_OWN_POSTGRES}.`
    case "EACCES":
      return `that folder may be mounted "noexec": put the repository elsewhere, or ${USE_OWN_POSTGRES}.`
    case "EPERM":
    case "EINVAL":
      return `root may not become another user here, and Postgres refuses root: start as another user, or ${USE_OWN_POSTGRES}.`
    default:
      return undefined
  }
}

/** Ends the server's sessions and shuts it down cleanly; after ten seconds, at once (it recovers at its next start). */
export async function stopServer(pid: number, dataFolder: string): Promise<void> {
  if (whoRunsAs(pid, dataFolder) !== "the server") return
  signal(pid, "SIGINT")
  if (await waitForEnd(pid, 10_000)) return
  signal(pid, "SIGQUIT")
  if (await waitForEnd(pid, 5_000)) return
  throw failure(
    `Postgres (process ${pid}) does not stop.`,
    "",
    `end it with "kill -9 ${pid}"; its next start recovers.`
  )
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) === "ESRCH") return
    throw failure(
      `Postgres (process ${pid}) could not be stopped.`,
      messageOf(error),
      "stop it as the user who started it."
    )
  }
}
