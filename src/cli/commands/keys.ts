import type { KeyRing } from "../../modules/integration-config/core/envelope"
import type { KeyUse } from "../../modules/integration-config/core/key-check"
import { describeKeys } from "../../modules/integration-config/core/key-words"
import { loadKeyUses } from "../../modules/integration-config/keys/load-key-uses"
import { rotateKeys } from "../../modules/integration-config/keys/rotate-keys"
import { EXIT, type Command, type CommandInput, type ExitCode } from "../command"
import { renderTable } from "../render-table"

const STATE_WORDS = {
  good: "good",
  unproven: "not used yet",
  missing: "not in the ring",
  replaced: "another key has this name",
} as const

const toRow = (use: KeyUse): string[] => [
  `${use.keyId}${use.isFirst ? " (encrypts)" : ""}`,
  STATE_WORDS[use.state],
  String(use.credentialCount),
  String(use.unreadable.length),
]

function printUses(uses: readonly KeyUse[], print: CommandInput["print"]): void {
  print(
    uses.length > 0
      ? renderTable(["key", "state", "secrets", "unreadable"], uses.map(toRow))
      : "No keys and no secrets."
  )
  describeKeys(uses).forEach(({ text, fix }) => {
    print(`! ${text}\n  → ${fix}`)
  })
}

/** Keys that nothing needs any more: they may go from the ring. */
const retired = (uses: readonly KeyUse[]): string[] =>
  uses.flatMap((use) => (use.state === "good" && !use.isFirst && use.credentialCount === 0 ? [use.keyId] : []))

async function showStatus({ sql, json, print }: CommandInput, ring: KeyRing | null): Promise<ExitCode> {
  const uses = await loadKeyUses(sql, ring)
  if (json) {
    print(JSON.stringify({ keys: uses }, null, 2))
  } else {
    printUses(uses, print)
  }
  return describeKeys(uses).length === 0 ? EXIT.ok : EXIT.problem
}

async function rotate({ sql, json, print }: CommandInput, ring: KeyRing): Promise<ExitCode> {
  const before = await loadKeyUses(sql, ring)
  if (!json) {
    printUses(before, print)
    print(`Encrypting everything with "${ring.encryptWith}" …`)
  }
  const report = await rotateKeys(sql, ring)
  const after = await loadKeyUses(sql, ring)
  if (json) {
    print(JSON.stringify({ before, ...report, after }, null, 2))
  } else {
    print(
      `${report.rotated} encrypted anew, ${report.overtaken} overtaken by a newer value, ${report.unreadable.length} unreadable.`
    )
    printUses(after, print)
    retired(after).forEach((id) => {
      print(`Nothing needs key "${id}" any more. Once every process has the new ring, you may take it out.`)
    })
  }
  return report.unreadable.length === 0 ? EXIT.ok : EXIT.problem
}

/** `hub keys`: which key encrypts what, and rotating. */
export const keys: Command = {
  name: "keys",
  usage: "status|rotate [--json]",
  summary: "which key encrypts how many secrets; encrypt all of them with the first key",
  details:
    "Rotating works while the shop runs, may be broken off and repeated, and leaves what it cannot open as it is. Give " +
    "every process the ring with both keys before: see SECURITY.md.",
  arguments: [1, 1],
  hasJson: true,
  run: async (input) => {
    const [action] = input.args
    const ring = input.ring()
    if (action === "status") {
      return showStatus(input, ring)
    }
    if (action !== "rotate") {
      input.print("Usage: hub keys status|rotate")
      return EXIT.usage
    }
    if (!ring) {
      input.print("HUB_ENCRYPTION_KEYS is not set, so there is no key to encrypt with. Nothing was done.")
      return EXIT.refused
    }
    return rotate(input, ring)
  },
}
