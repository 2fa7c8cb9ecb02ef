/*
 * Secrets of a connection that are no settings: the hub makes them, keeps them beside the options of the connector, and never
 * hands them to it as such.
 */

/** Signs a connection's inbound webhooks. Not an option: the hub makes it itself. */
export const WEBHOOK_SECRET = "webhook_secret"
/** What a channel handed out after somebody said yes: access and refresh token, as one JSON text. */
export const OAUTH_TOKENS = "oauth_tokens"

const PREVIOUS = "previous:"

/** Name under which the secret that was replaced opens messages for a while. */
export const previousOf = (name: string): string => `${PREVIOUS}${name}`

export const isPrevious = (name: string): boolean => name.startsWith(PREVIOUS)

const isOwn = (name: string): boolean => name === WEBHOOK_SECRET || name === OAUTH_TOKENS || isPrevious(name)

/** The tokens of a connection as they are kept: one secret, so that they are always of one piece. */
export interface KeptTokens {
  readonly access: string
  readonly refresh: string | null
}

/** Reads what is kept. Null when nothing is, or when it is nothing that we have written. */
export function readKept(text: string | undefined): KeptTokens | null {
  try {
    const kept: unknown = JSON.parse(text ?? "null")
    if (typeof kept !== "object" || kept === null || !("access" in kept) || typeof kept.access !== "string") {
      return null
    }
    const refresh = "refresh" in kept && typeof kept.refresh === "string" ? kept.refresh : null
    return { access: kept.access, refresh }
  } catch {
    return null
  }
}

/** Each value on its own, for whoever has to keep them out of a log: the tokens stand in one text. */
export const secretValues = (own: Readonly<Record<string, string>>): string[] =>
  Object.entries(own).flatMap(([name, value]) => {
    const kept = name === OAUTH_TOKENS ? readKept(value) : null
    return kept ? [kept.access, ...(kept.refresh === null ? [] : [kept.refresh])] : [value]
  })

export interface SplitSecrets {
  /** Options of the connector. */
  readonly settings: Record<string, string>
  /** The hub's own. */
  readonly own: Record<string, string>
}

/** Parts what is stored for a connection into its settings and what the hub keeps for itself. */
export function splitHubSecrets(stored: Readonly<Record<string, string>>): SplitSecrets {
  const entries = Object.entries(stored)
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !isOwn(name))),
    own: Object.fromEntries(entries.filter(([name]) => isOwn(name))),
  }
}
