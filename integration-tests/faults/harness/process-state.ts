import { readFileSync } from "node:fs"
import { within } from "./promise"

const STOP_MS = 20_000

/** The state letter that Linux gives a process: `T` is stopped, `Z` is dead and not yet buried. */
const stateOf = (pid: number): string => /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1] ?? "?"

/** Waits until a process has been stopped. */
export const untilStopped = (pid: number): Promise<number> =>
  within(STOP_MS, `process ${pid} stops`, () => stateOf(pid) === "T")
