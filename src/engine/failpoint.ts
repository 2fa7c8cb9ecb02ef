/** Places at which a test may break the engine. */
export const FAILPOINTS = [
  "lane.claimed",
  "lane.before-push",
  "lane.after-push",
  "lane.before-settle",
  "inbox.before-store",
  "inbox.after-store",
  "order.after-reservations",
  "order.before-finish",
  "run.step",
] as const

export type Failpoint = (typeof FAILPOINTS)[number]

interface Armed {
  readonly action: string
  /** Which hit sets it off, from 1. */
  readonly hit: number
  hits: number
}

/** `lane.before-push=kill@3;inbox.after-store=hang`: the third push kills the process, the first stored message hangs. */
function arm(text: string): Map<string, Armed> {
  return new Map(
    text
      .split(";")
      .filter(Boolean)
      .map((entry) => {
        const [name = "", action = ""] = entry.split("=")
        const [verb = "", hit = "1"] = action.split("@")
        return [name.trim(), { action: verb, hit: Number(hit), hits: 0 }]
      })
  )
}

const armed = arm(process.env.HUB_FAILPOINTS ?? "")

/**
 * Breaks here if the environment variable `HUB_FAILPOINTS` says so, as a crash at the worst moment would; for the fault
 * tests. Without the variable it does nothing.
 */
export async function failpoint(name: Failpoint): Promise<void> {
  const point = armed.get(name)
  if (!point) {
    return
  }
  point.hits += 1
  if (point.hits !== point.hit) {
    return
  }
  switch (point.action) {
    case "kill":
      process.kill(process.pid, "SIGKILL")
      return new Promise(() => undefined)
    case "stop":
      // Until somebody sends SIGCONT.
      process.kill(process.pid, "SIGSTOP")
      return
    case "hang":
      return new Promise(() => undefined)
    default:
      throw new Error(`Failpoint ${name}`)
  }
}
