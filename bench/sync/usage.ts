import { readPeakRssMb, resetPeakRss } from "../support/processes"

/** What a process used between two moments. */
export interface Usage {
  readonly cpuMs: number
  /** Resident memory before the work began, after a collection where the process may ask for one; MiB. */
  readonly idleRssMb: number
  readonly peakRssMb: number | null
  /** Objects alive after the work, after a collection; MiB. */
  readonly heapMb: number
}

const mb = (bytes: number): number => bytes / 1_024 ** 2

/** Begins to measure this process. The function it returns ends that. */
export function measureUsage(): () => Usage {
  globalThis.gc?.()
  resetPeakRss()
  const idleRssMb = mb(process.memoryUsage.rss())
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    const peakRssMb = readPeakRssMb()
    globalThis.gc?.()
    return { cpuMs: (user + system) / 1_000, idleRssMb, peakRssMb, heapMb: mb(process.memoryUsage().heapUsed) }
  }
}
