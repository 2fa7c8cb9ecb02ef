import { readFileSync } from "node:fs"

/** The user that Postgres runs as when it may not run as the one who starts it. */
export interface Identity {
  readonly uid: number
  readonly gid: number
}

interface Entry extends Identity {
  readonly name: string
}

const NOBODY: Identity = { uid: 65534, gid: 65534 }

/** System accounts come first in every user table; people's accounts start here. */
const FIRST_PERSON = 1000

/**
 * Postgres refuses to run as root, so root hands it to `nobody`. Anybody else runs it as themselves: `undefined`.
 * initdb insists on a user with a name, so where `nobody` is missing another system account must do.
 */
export function decideIdentity(uid: number | undefined, passwd: string): Identity | undefined {
  if (uid !== 0) return undefined
  const others = passwd
    .split("\n")
    .map(parseEntry)
    .filter((entry): entry is Entry => entry !== undefined && entry.uid !== 0)
  const chosen =
    others.find((entry) => entry.name === "nobody") ??
    others.find((entry) => entry.uid === NOBODY.uid) ??
    others.find((entry) => entry.uid < FIRST_PERSON) ??
    NOBODY
  return { uid: chosen.uid, gid: chosen.gid }
}

export function currentIdentity(): Identity | undefined {
  return decideIdentity(process.getuid?.(), readPasswd())
}

/** The same for `spawn`, which wants the ids signed. */
export function spawnAs(identity: Identity | undefined): { uid?: number; gid?: number } {
  return identity ? { uid: identity.uid | 0, gid: identity.gid | 0 } : {}
}

function readPasswd(): string {
  try {
    return readFileSync("/etc/passwd", "utf8")
  } catch {
    return ""
  }
}

/** macOS writes nobody's ids as -2; chown wants them unsigned. */
function parseEntry(line: string): Entry | undefined {
  const [, name, uid, gid] = /^([^:]+):[^:]*:(-?\d+):(-?\d+):/.exec(line) ?? []
  return name ? { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 } : undefined
}
