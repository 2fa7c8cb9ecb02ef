import type { HubListingRow } from "../../../types"
import { formatCount } from "../../lib/format"
import { CONNECTION_STATES, LISTING_STATES, SEVERITIES, REASONS, ISSUES, OUTCOMES, CAPTURE, inWords } from "./words"

export const plural = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** The overview, the table of listings and the explanation of a number. */
export const overview = {
  plural,
  page: { title: "Channels", attention: "Needs attention", channels: "Channels", listings: "Listings" },
  truth: {
    inSync: (inSync: number, all: number) => `${formatCount(inSync)} of ${plural(all, "channel", "channels")} in sync`,
    oldestPending: (age: string) => `oldest pending change ${age}`,
    nothingPending: "nothing pending",
    attention: (count: number, hasMore: boolean) =>
      count === 0 && !hasMore
        ? "nothing needs you"
        : `${hasMore ? "at least " : ""}${count === 1 ? "1 thing needs" : `${formatCount(count)} things need`} you`,
    noAnswer: "No answer from the server.",
    stale: (age: string) => `These numbers are ${age} old.`,
  },
  attention: {
    none: "Nothing needs you.",
    title: (code: string) => ISSUES[code] ?? inWords(code),
    severity: SEVERITIES,
  },
  capture: { label: "Slower than it could be", labelBroken: "Not watching stock yet", text: CAPTURE },
  channel: {
    state: CONNECTION_STATES,
    inSync: "In sync",
    pending: "Pending",
    oldestPending: "Oldest pending",
    failed: "Failed",
    skipped: "Skipped",
    unlinked: "Unlinked",
    orders: "Orders",
    waitingMessages: "Inbox",
    waitingMessagesHint: "Messages of the channel that wait to be processed",
    openIssues: "Open issues",
    latency: (p50: string, p95: string) => `Latency p50 ${p50} · p95 ${p95}`,
    noLatency: "No change in the last ten minutes",
    latencyHint: "From the cause of a change to the channel's acceptance, over the last ten minutes",
    none: "none",
    writes: (changes: number, writes: number) =>
      `${plural(changes, "change", "changes")} · ${plural(writes, "write", "writes")}`,
    show: (count: string, what: string, channel: string) =>
      `${count} ${what.toLowerCase()}: show the listings of ${channel}`,
  },
  listing: {
    state: LISTING_STATES,
    sku: "SKU",
    title: "Title",
    channel: "Channel",
    location: "Location",
    allLocations: "All locations",
    shouldShow: "Should show",
    accepted: "Accepted",
    stateColumn: "State",
    age: "Age",
    noSku: "no SKU",
    pack: (size: number) => `pack of ${formatCount(size)}`,
    unknownNumber: "not known",
    noNumber: "none",
    observed: (observed: number) => `the channel says ${formatCount(observed)}`,
    shown: (count: number, hasMore: boolean) =>
      `${plural(count, "listing", "listings")} shown${hasMore ? ", there are more" : ""}`,
    loadMore: "Load more",
    reason: (row: Pick<HubListingRow, "state_reason">) =>
      row.state_reason === null ? null : (REASONS[row.state_reason] ?? inWords(row.state_reason)),
  },
  filters: {
    search: "Search",
    searchHint: "SKU or title",
    channel: "Channel",
    allChannels: "All channels",
    state: "State",
    allStates: "All states",
    none: "No listing matches these filters.",
    clear: "Clear filters",
  },
  why: {
    title: (quantity: string) => `Why ${quantity}?`,
    ask: (what: string, quantity: string) => `${what} ${quantity}: show why`,
    shouldShow: "Should show",
    accepted: "Accepted",
    observed: "Channel said",
    steps: "How the number came about",
    sent: (quantity: number) => `${formatCount(quantity)} was sent to the channel.`,
    lastSent: (quantity: number) =>
      `The last number sent was ${formatCount(quantity)}. What follows explains that one; a newer number has not been sent yet.`,
    nothingSent: "No number has been sent to this channel yet, so there is nothing to explain.",
    noSteps: "The stored derivation cannot be read by this version of the hub.",
    verified: "Recomputed: verified",
    verifiedHint: "Computing again from the stored inputs gives the number that was sent.",
    notVerified: "Recomputed: gives another number",
    notVerifiedHint: "The stored inputs do not give the number that was sent. Please report this.",
    outcome: (outcome: string | null) => (outcome === null ? "No answer yet" : (OUTCOMES[outcome] ?? inWords(outcome))),
    caused: "Caused",
    computed: "Computed",
    settled: "Answered",
    after: (duration: string) => `, ${duration} after the cause`,
    gone: "This listing is gone.",
  },
  widget: {
    title: "Where this sells",
    nowhere: "This item sells on no connected channel. Link a listing to one of its variants to have it sold.",
    shows: "Shows",
    shouldShow: (quantity: string) => `should show ${quantity}`,
  },
  empty: {
    title: "Connect your first channel",
    trial: "No channel at hand? This starts a fake one that sells your own articles:",
    noListings: "No listings yet. They appear once a connected channel has been read.",
  },
  errors: {
    unreachable: {
      title: "The server does not answer",
      whatToDo: "Check that the Medusa server runs and that you are online. This page tries again by itself.",
    },
    notAllowed: {
      title: "You are not signed in",
      whatToDo: "Your session may have ended. Reload the page and sign in again.",
    },
    forbidden: {
      title: "You may not do this",
      whatToDo: "Ask somebody who is an owner of the hub. The message below says which action it takes.",
    },
    notFound: {
      title: "The hub does not answer here",
      whatToDo:
        "The server runs without medusa-stock-hub, or with an older version. Check the plugins in medusa-config and restart.",
    },
    server: {
      title: "The server could not answer",
      whatToDo: "Try again. If it goes on, look into the server's log for the message below.",
    },
    retry: "Try again",
  },
  loading: "Loading…",
  ago: (age: string) => `${age} ago`,
}
