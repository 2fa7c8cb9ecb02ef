import type { ConnectionState, HubListingRowState, HubOverviewResponse, IssueSeverity } from "../../../types"

export const CONNECTION_STATES: Readonly<Record<ConnectionState, string>> = {
  draft: "Draft",
  testing: "Testing",
  connected: "Connected",
  degraded: "Degraded",
  "needs-reauthorisation": "Needs re-authorisation",
  paused: "Paused",
  maintenance: "Maintenance",
  deprecated: "Deprecated",
  disabled: "Disabled",
}

export const LISTING_STATES: Readonly<Record<HubListingRowState, string>> = {
  "in-sync": "In sync",
  held: "Held",
  pending: "Pending",
  skipped: "Skipped",
  failed: "Failed",
  conflict: "Drifted",
  unlinked: "Unlinked",
  ignored: "Ignored",
}

export const SEVERITIES: Readonly<Record<IssueSeverity, string>> = {
  critical: "Critical",
  warning: "Warning",
  info: "For your information",
}

/** Reasons of a listing's state: why it is left alone, or the kind of the failure, which says what to do next. */
export const REASONS: Readonly<Record<string, string>> = {
  shadow: "a preview: nothing is written until you go live",
  "mass-change": "part of a mass change that waits for you; what is sold still goes out",
  loop: "something else keeps changing this number on the channel",
  unlinked: "linked to no variant",
  unmanaged: "inventory is not managed",
  "no-components": "the variant has no inventory item",
  "no-locations": "no location that feeds this channel stocks it",
  "listing-deleted": "deleted on the channel",
  "compare-failed": "the channel had another number than we thought",
  unknown: "the channel did not say whether it took the number; it is written again",
  auth: "the channel refuses our credentials",
  "rate-limited": "the channel asked us to slow down; tried again by itself",
  transient: "the channel did not answer properly; tried again by itself",
  "not-found": "the channel does not know this listing",
  conflict: "the channel reports a conflict",
  "invalid-data": "the channel refuses the data",
  unsupported: "the channel cannot do this",
  bug: "a fault in the hub; please report it",
}

export const ISSUES: Readonly<Record<string, string>> = {
  "needs-reauthorisation": "The channel refuses our credentials",
  "authorisation-ends": "The permission of the channel ends soon",
  "webhooks-missing": "The channel does not send everything",
  "inbound-message-stuck": "A message of the channel cannot be processed",
  "mass-change-held": "A mass change waits for you",
  "loop-held": "Something else keeps changing numbers on the channel",
  "channel-unreachable": "The channel does not answer",
  "address-refused": "The channel's address may not be called",
  "credentials-unreadable": "Stored credentials cannot be read",
  "explanation-mismatch": "A number cannot be explained",
  "order-grew-on-channel": "An order grew on the channel",
  "sold-without-stock": "Sold something that has no stock",
  "engine-trouble": "The hub stumbles over something",
  oversold: "Sold beyond stock",
  "unmapped-order-line": "Sold something that is linked to no variant",
  "unknown-order-returned": "A return of an order that we never saw",
  "order-line-cancelled-in-part": "Cancelled in part",
  "push-not-found": "Listings that the channel does not know",
  "push-conflict": "Numbers that the channel reports a conflict for",
  "push-invalid-data": "Numbers that the channel refuses",
  "push-unsupported": "Numbers that the channel cannot take",
  "push-bug": "A fault in the hub",
}

export const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: "Accepted by the channel",
  preview: "A preview: not sent",
  "not-sent": "Not sent",
  conflict: "Not taken: the channel had another number",
  failed: "Refused by the channel",
  unknown: "No answer: unknown whether the channel took it",
}

export const CAPTURE: Readonly<Record<Exclude<HubOverviewResponse["capture"], "installed">, string>> = {
  absent:
    "Stock changes are not recorded inside the database. The hub relies on Medusa's events and on its regular check of everything: changes written past Medusa, by an import or in SQL, reach the channels later. If you did not choose this, the database user may lack the right to create triggers: see the server's log.",
  "not-possible-yet":
    "The hub's tables are not there yet, so no stock change is noticed. Run `npx medusa db:migrate` and restart the server.",
}

/** "push-too-odd" → "Push too odd": a code that is newer than this page still reads as words. */
export const inWords = (code: string): string => (code.charAt(0).toUpperCase() + code.slice(1)).replaceAll("-", " ")
