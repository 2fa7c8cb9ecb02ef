import { readFileSync, readdirSync, writeFileSync } from "node:fs"

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick is. */
const TICK_MS = 10

/** Columns of /proc/PID/stat behind the name, which may hold spaces and brackets. */
interface ProcessStat {
  readonly parent: number
  readonly ownMs: number
  /** Time of children that have ended. */
  readonly endedChildrenMs: number
}

/** Reads one line of `/proc/PID/stat`. Pure. */
export function parseStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
  const field = (index: number): number => Number(fields[index] ?? 0)
  return {
    parent: field(1),
    ownMs: (field(11) + field(12)) * TICK_MS,
    endedChildrenMs: (field(13) + field(14)) * TICK_MS,
  }
}

function readStat(pid: string): ProcessStat | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return null
  }
}

/** Empty where /proc cannot be listed. */
function listProcesses(): string[] {
  try {
    return readdirSync("/proc")
  } catch {
    return []
  }
}

/**
 * Processor time of a process and of all its children, those that have ended included, in milliseconds.
 *
 * @returns null where there is no /proc
 */
export function readTreeCpuMs(pid: number): number | null {
  const own = readStat(String(pid))
  if (!own) {
    return null
  }
  const children = listProcesses()
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(name) ?? [])
    .filter((stat) => stat.parent === pid)
  return children.reduce((sum, child) => sum + child.ownMs + child.endedChildrenMs, own.ownMs + own.endedChildrenMs)
}

/** Forgets the highest memory so far, so that {@link readPeakRssMb} speaks of what follows. Does nothing without /proc. */
export function resetPeakRss(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5")
  } catch {
    // The peak then includes the start of the process, and says more than it should, never less.
  }
}

/** Highest resident memory of this process, in MiB; null where there is no /proc. */
export function readPeakRssMb(): number | null {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? []
    return kib === undefined ? null : Number(kib) / 1_024
  } catch {
    return null
  }
}
