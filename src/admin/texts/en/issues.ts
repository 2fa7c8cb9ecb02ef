import type { IssueState } from "../../../types"
import { formatCount } from "../../lib/format"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** Issues: what needs a person, by cause. */
export const issues = {
  title: "Issues",
  about: "What needs a person, by cause. Most end by themselves when the cause is gone.",
  tab: { open: "Open", dismissed: "Dismissed", resolved: "Resolved" } satisfies Record<IssueState, string>,
  tabs: "Issues by state",
  none: {
    open: "Nothing needs you.",
    dismissed: "Nothing is dismissed.",
    resolved: "Nothing was resolved yet.",
  } satisfies Record<IssueState, string>,
  affects: (issues: number, listings: number) =>
    listings > 0
      ? `${plural(issues, "issue", "issues")} · ${plural(listings, "listing", "listings")}`
      : plural(issues, "issue", "issues"),
  seen: (count: number) => `seen ${plural(count, "time", "times")}`,
  since: "since",
  last: "last",
  show: (count: number) => `Show ${plural(count, "issue", "issues")}`,
  hide: "Hide",
  do: {
    "show-listings": "Show the listings",
    "show-unlinked": "Link the listings",
    release: "Release",
    reauthorise: "Enter credentials",
    retry: "Push again",
    "show-connection": "Open the connection",
    resolve: "Mark as done",
  },
  releaseAsk: (channel: string) => `Release what is held on ${channel}?`,
  releaseText:
    "Every number that was held back goes out now. The guard watches again after its window. Look at the held listings first.",
  releaseKeep: "Keep it held",
  released: (count: number) => `${plural(count, "number", "numbers")} released.`,
  pushed: "The numbers are pushed again in a new run.",
  dismiss: "Dismiss until it changes",
  dismissed: (count: number) => `${plural(count, "issue", "issues")} dismissed until they say something else.`,
  reopen: "Show again",
  reopened: (count: number) => `${plural(count, "issue", "issues")} open again.`,
  resolved: (count: number) => `${plural(count, "issue", "issues")} marked as done.`,
  endedBySelf: "ended by itself",
  endedByPerson: "marked as done",
  all: "All issues",
  advice: {
    "needs-reauthorisation": "Enter the credentials or authorise anew. Work waits and goes on by itself.",
    "authorisation-ends": "Authorise anew on the connection's page before it ends.",
    "webhooks-missing": "Look at what the app may do there, then repair it under Messages on the connection's page.",
    "credentials-unreadable": "Put the right encryption key back, or enter the credentials anew.",
    "mass-change-held": "Look at the held listings. If the change is meant, release it; if not, put the stock right.",
    "loop-held": "Find the other program that writes stock to this channel and turn it off. Then release.",
    "channel-unreachable": "Wait: it is tried again by itself. If it lasts, look at the channel's own status page.",
    "address-refused": "Allow the address in the plugin's options, or correct the connection's address.",
    "inbound-message-stuck": "Enter the order by hand if it is one, then mark this as done.",
    "engine-trouble": "It tries again by itself. If it lasts, run hub doctor.",
    oversold: "Decide which order waits or is cancelled, then mark this as done.",
    "sold-without-stock": "Put the stock right, or cancel the line, then mark this as done.",
    "unmapped-order-line": "Link the listing to the variant that was sold. Reserve this one by hand.",
    "unknown-order-returned": "Nothing was reserved for it. Put the goods back by hand if they are here.",
    "order-line-cancelled-in-part": "Check the order in Medusa, then mark this as done.",
    "order-grew-on-channel": "Check the order in Medusa, then mark this as done.",
    "explanation-mismatch": "Report it with the ids below.",
    "push-not-found": "See whether these listings still exist on the channel. Ignore those that do not.",
    "push-conflict": "Read the channel's answer, then push again.",
    "push-invalid-data": "Open the listings on the channel: they lack something that it asks for.",
    "push-unsupported": "Ignore these listings, or sell them without stock on this channel.",
    "push-bug": "Push again. If it comes back, report it.",
  } as Readonly<Record<string, string>>,
}
