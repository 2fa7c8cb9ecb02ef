import type { KeyUse } from "./key-check"

/** Something that is wrong with the key ring. Names keys, connections and fields, never a key or a secret. */
export interface KeyProblem {
  readonly keyId: string
  /** What is wrong, what it means and what to do, in words. */
  readonly text: string
  readonly fix: string
  /** Connections that cannot work because of it. */
  readonly connectionIds: readonly string[]
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`

function problemOf(use: KeyUse): Omit<KeyProblem, "keyId" | "connectionIds"> | null {
  const lost = `${plural(use.unreadable.length, "secret")} cannot be read`
  if (use.state === "replaced") {
    return {
      text: `The key named "${use.keyId}" in encryption_keys is not the key that first had this name: ${lost}, and no secret can be stored with it.`,
      fix: `Put the first key "${use.keyId}" back into encryption_keys, give the new key a name of its own, and restart.`,
    }
  }
  if (use.unreadable.length === 0) {
    return null
  }
  return use.state === "missing"
    ? {
        text: `Key "${use.keyId}" is not in encryption_keys: ${lost}.`,
        fix: `Put key "${use.keyId}" back into encryption_keys and restart. If it is lost, enter these secrets anew.`,
      }
    : {
        text: `${lost[0]?.toUpperCase() ?? ""}${lost.slice(1)} although key "${use.keyId}" is there: they were changed, moved to another row, or written with another key.`,
        fix: `Restore these rows of hub_credential from a backup, or enter the secrets anew.`,
      }
}

/** What is wrong with the keys, worst first. Empty when every stored secret can be read and new ones can be stored. */
export function describeKeys(uses: readonly KeyUse[]): KeyProblem[] {
  return uses
    .flatMap((use) => {
      const problem = problemOf(use)
      const connectionIds = [...new Set(use.unreadable.map(({ connectionId }) => connectionId))].sort()
      return problem ? [{ keyId: use.keyId, ...problem, connectionIds }] : []
    })
    .sort((left, right) => right.connectionIds.length - left.connectionIds.length)
}
