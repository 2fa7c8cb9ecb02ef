import { setTimeout as sleep } from "node:timers/promises"
import { ask } from "./connection"
import { failure } from "./failure"
import type { Place } from "./places"
import { claimPostmasterFile, readPostmasterFile, removeOldEmptyPostmasterFile } from "./postmaster-file"
import { whoRunsAs } from "./processes"

const LONGEST_WAIT = 60_000

/**
 * The server of that place, if one runs already. What a killed server left behind is put in order on the way, and one
 * that is just starting or stopping is waited for.
 */
export async function findRunningServer(
  place: Place,
  password: string
): Promise<{ readonly pid: number; readonly port: number } | undefined> {
  const deadline = Date.now() + LONGEST_WAIT
  for (;;) {
    const file = await readPostmasterFile(place.dataFolder)
    if (!file) {
      await removeOldEmptyPostmasterFile(place.dataFolder)
      return undefined
    }
    const occupant = whoRunsAs(file.pid, place.dataFolder)
    if (occupant === "another program") await claimPostmasterFile(place.dataFolder)
    if (occupant !== "the server") return undefined
    const reason = await whyNotReady(file.port, place, password)
    if (reason === undefined && file.port !== undefined) return { pid: file.pid, port: file.port }
    if (Date.now() > deadline) throw silentServer(file.pid, place, reason ?? "it has not said its port")
    await sleep(50)
  }
}

async function whyNotReady(port: number | undefined, place: Place, password: string): Promise<string | undefined> {
  if (port === undefined) return "it has opened no port yet"
  const answer = await ask({ port, password }, place.dataFolder)
  if (answer.kind === "wrong") throw wrongServer(port, place, answer.reason)
  return answer.kind === "ready" ? undefined : answer.reason
}

export function wrongServer(port: number, place: Place, reason: string): Error {
  return failure(
    `The Postgres that answers on port ${port} does not accept the password in ${place.passwordFile}, or is another one.`,
    reason,
    `stop the other Postgres; if the password file was changed, delete ${place.folder} to start over.`
  )
}

function silentServer(pid: number, place: Place, reason: string): Error {
  return failure(
    `Postgres (process ${pid}) runs on ${place.dataFolder} but does not answer.`,
    reason,
    `see ${place.logFile}, stop it with "kill -QUIT ${pid}", then start again.`
  )
}
