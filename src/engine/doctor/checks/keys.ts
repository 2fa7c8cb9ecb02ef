import type { KeyUse } from "../../../modules/integration-config/core/key-check"
import { describeKeys } from "../../../modules/integration-config/core/key-words"
import { loadKeyUses } from "../../../modules/integration-config/keys/load-key-uses"
import { countOf, defineCheck, SHOWN_IDS, type Finding } from "../check"

export function judgeKeyUses(uses: readonly KeyUse[]): Finding[] {
  const isAllLost =
    uses.some((use) => use.credentialCount > 0) && uses.every((use) => use.unreadable.length === use.credentialCount)
  return describeKeys(uses).map(({ text, fix, connectionIds }) => ({
    severity: isAllLost ? "down" : "degraded",
    what: text,
    means: `${countOf(connectionIds.length, "connection")} cannot be opened: work waits, nothing is sent and nothing overwritten.`,
    fix,
    ids: connectionIds.slice(0, SHOWN_IDS),
    count: connectionIds.length,
  }))
}

export const keys = defineCheck<readonly KeyUse[]>({
  id: "keys",
  title: "Every stored secret can be opened",
  tables: ["hub_credential", "hub_key_check"],
  cost: "quick",
  load: ({ sql, ring }) => loadKeyUses(sql, ring),
  judge: judgeKeyUses,
  note: (uses) =>
    uses.map((use) => `${use.keyId}: ${countOf(use.credentialCount, "secret")}`).join(", ") || "no secrets",
})
