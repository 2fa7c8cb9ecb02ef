import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { codeOf } from "./failure"

export type Occupant = "the server" | "another program" | "nothing"

/** A process id read from a file may have passed to another program since. */
export function whoRunsAs(pid: number, dataFolder: string): Occupant {
  if (!isAlive(pid)) return "nothing"
  if (!maySignal(pid)) return "another program"
  const command = commandLine(pid)
  return command === undefined || command.includes(dataFolder) ? "the server" : "another program"
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === "EPERM"
  }
  return !isZombie(pid)
}

/** `true` when the process ended in time. */
export async function waitForEnd(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(10)
  }
  return true
}

function maySignal(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** In a container whose first process collects no children, an ended server stays in the table for good. */
function isZombie(pid: number): boolean {
  const stat = readProcess(pid, "stat")
  return stat !== undefined && /^ ?Z/.test(stat.slice(stat.lastIndexOf(")") + 1))
}

function commandLine(pid: number): string | undefined {
  if (process.platform === "linux") return readProcess(pid, "cmdline")?.replaceAll("\0", " ")
  try {
    return execFileSync("ps", ["-ww", "-p", String(pid), "-o", "command="], { encoding: "utf8" })
  } catch {
    return undefined
  }
}

function readProcess(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8")
  } catch {
    return undefined
  }
}
