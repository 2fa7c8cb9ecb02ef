import { raiseIssues } from "../issues"
import type { Sql } from "../sql"
import { claimTick } from "../ticks"
import { auditExplanations, type AuditMismatch, type AuditReport } from "./audit-explanations"

const DAY_SECONDS = 86_400
const NIGHTLY_SAMPLE = 1_000
const SHOWN = 10

function messageOf(found: readonly AuditMismatch[]): string {
  const ids = found.slice(0, SHOWN).map(({ explanation_id: id }) => id)
  const rest = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : ""
  return (
    `The self-audit found ${found.length} number${found.length === 1 ? "" : "s"} that do not follow from their stored inputs: ` +
    `${ids.join(", ")}${rest}. ${found[0]?.reason ?? ""} ` +
    `Nothing was changed. Run hub audit, and report it: this must not happen.`
  )
}

/** Tells a person of numbers that cannot be explained: one critical issue for each connection. */
export async function reportMismatches(sql: Sql, mismatches: readonly AuditMismatch[]): Promise<void> {
  const byConnection = new Map<string, AuditMismatch[]>()
  for (const mismatch of mismatches) {
    byConnection.set(mismatch.connection_id, [...(byConnection.get(mismatch.connection_id) ?? []), mismatch])
  }
  await raiseIssues(
    sql,
    [...byConnection].map(([connectionId, found]) => ({
      companyId: found[0]?.company_id ?? "",
      connectionId,
      listingId: null,
      code: "explanation-mismatch",
      severity: "critical",
      message: messageOf(found),
      dedupeKey: "audit:explanations",
    }))
  )
}

/**
 * Audits a sample once in each day of the database's clock, whichever process is first.
 *
 * @returns what was found, or null when another process does it
 */
export async function auditNightly(sql: Sql): Promise<AuditReport | null> {
  if (!(await claimTick(sql, "audit-hub-explanations", DAY_SECONDS))) {
    return null
  }
  const report = await auditExplanations(sql, { sample: NIGHTLY_SAMPLE, seed: Math.floor(Math.random() * 2 ** 31) })
  await reportMismatches(sql, report.mismatches)
  return report
}
