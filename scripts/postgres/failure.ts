/** Every error of the launcher says what failed, what Postgres itself said, and what to do next. */
export function failure(what: string, said: string, next: string, cause?: unknown): Error {
  const parts = [what]
  if (said.trim()) parts.push(indent(lastLines(said, 15)))
  parts.push(`What to do: ${next}`)
  return new Error(parts.join("\n"), cause === undefined ? undefined : { cause })
}

/** The way out that always works: a Postgres that the launcher does not have to start. */
export const USE_OWN_POSTGRES = "set DATABASE_URL to a Postgres of your own"

const KNOWN_CAUSES: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|ENOSPC/i, "the disk is full: free some space and start again."],
  [
    /error while loading shared libraries|Library not loaded|image not found/i,
    `a library of the Postgres binaries is missing: run "npm rebuild" or "npm ci", or ${USE_OWN_POSTGRES}.`,
  ],
  [
    /could not look up effective user ID/i,
    `Postgres wants a user with a name: start as one that is in /etc/passwd, or ${USE_OWN_POSTGRES}.`,
  ],
  [
    /could not translate host name/i,
    'this machine does not know "localhost": add "127.0.0.1 localhost" to /etc/hosts.',
  ],
  [/Address already in use|EADDRINUSE/i, "stop whatever listens on that port, or choose another port."],
  [
    /pre-existing shared memory block|lock file .* (already exists|is empty)/i,
    "a server of this data folder still runs, perhaps started from another path: stop it, then start again.",
  ],
  [
    /could not (create|map|attach).*shared memory|out of memory|ENOMEM/i,
    `the machine has no shared memory to spare: close other servers, or ${USE_OWN_POSTGRES}.`,
  ],
  [/data directory .* has (wrong ownership|invalid permissions)/i, "give the data folder back to its owner, mode 700."],
]

/** The first known cause that the text names; otherwise the general advice. */
export function nextStep(said: string, otherwise: string): string {
  return KNOWN_CAUSES.find(([pattern]) => pattern.test(said))?.[1] ?? otherwise
}

export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === "string" ? code : undefined
}

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(messageOf).join("; ")
  return error instanceof Error ? error.message : String(error)
}

function lastLines(text: string, count: number): string {
  return text.trim().split("\n").slice(-count).join("\n")
}

function indent(text: string): string {
  return text.replace(/^/gm, "  | ")
}
