import { formatCount } from "../../lib/format"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** What happened lately, and how well it goes. */
export const activity = {
  title: "Activity",
  pause: "Pause",
  resume: "Resume",
  paused: "Paused: nothing new is fetched.",
  none: "Nothing has happened in the last day.",
  sent: (count: number) => `${plural(count, "number", "numbers")} accepted`,
  order: (count: number, number: string) =>
    count === 1 ? `Order ${number} taken over` : `${formatCount(count)} orders taken over`,
  held: (count: number) => `${plural(count, "number", "numbers")} held back: they wait for you`,
  allChannels: "All channels",
  metrics: {
    title: "How well it goes",
    period: "Period",
    periods: { "1h": "Last hour", "24h": "Last 24 hours", "7d": "Last 7 days", "30d": "Last 30 days" },
    accuracy: "Accuracy",
    accuracyHint: (equal: number, known: number) =>
      `${formatCount(equal)} of ${formatCount(known)} listings are known to show what they should`,
    syncTime: "Time to the channel",
    syncTimeHint:
      "From the cause of a change to the channel's acceptance, on average; 95 % are faster than the second figure",
    success: "Accepted",
    successHint: (accepted: number, sent: number) => `${formatCount(accepted)} of ${formatCount(sent)} numbers sent`,
    resolve: "Time to end an issue",
    resolveHint: (count: number) => `${plural(count, "issue", "issues")} ended in this period`,
    calls: "Calls today",
    callsHint: (failed: number, all: number) =>
      `${formatCount(failed)} of ${formatCount(all)} calls in this period failed; a day begins at midnight UTC`,
    unknown: "not known",
  },
  freshness: (oldest: string) => `Oldest change under way: ${oldest}`,
}
