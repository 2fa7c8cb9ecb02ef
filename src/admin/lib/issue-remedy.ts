/** The one thing that helps against a cause. */
export type Remedy =
  "show-listings" | "show-unlinked" | "release" | "reauthorise" | "retry" | "show-connection" | "resolve"

const REMEDIES: Readonly<Record<string, Remedy>> = {
  "needs-reauthorisation": "reauthorise",
  "credentials-unreadable": "reauthorise",
  "mass-change-held": "release",
  "loop-held": "release",
  "channel-unreachable": "show-connection",
  "address-refused": "show-connection",
  "authorisation-ends": "show-connection",
  "webhooks-missing": "show-connection",
  "engine-trouble": "show-connection",
  "unmapped-order-line": "show-unlinked",
  "push-bug": "retry",
  "push-conflict": "retry",
}

/** Codes of refused numbers begin with `push-`: the listings have to be looked at. What only a person can judge is ticked off. */
export const remedyOf = (code: string): Remedy =>
  REMEDIES[code] ?? (code.startsWith("push-") ? "show-listings" : "resolve")
