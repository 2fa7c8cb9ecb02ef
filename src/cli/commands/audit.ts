import { auditExplanations } from "../../engine/audit/audit-explanations"
import { reportMismatches } from "../../engine/audit/report-audit"
import { EXIT, type Command } from "../command"

const DEFAULT_SAMPLE = 1_000
const MOST = 100_000

/** `hub audit`: recomputes numbers that were sent. */
export const audit: Command = {
  name: "audit",
  usage: "[--sample N] [--seed N] [--json]",
  summary: "recompute numbers that were sent from what was stored about them",
  details: "Finds none that is wrong, or raises a critical issue and exits with 1. A job does the same every night.",
  flags: {
    sample: { type: "string", value: "N", help: `how many to look at (${DEFAULT_SAMPLE})` },
    seed: { type: "string", value: "N", help: "the same seed looks at the same rows" },
  },
  arguments: [0, 0],
  hasJson: true,
  run: async ({ sql, flags, json, print }) => {
    const sample = Number(flags.sample ?? DEFAULT_SAMPLE)
    const seed = Number(flags.seed ?? Math.floor(Math.random() * 2 ** 31))
    if (!Number.isInteger(sample) || sample < 1 || sample > MOST || !Number.isInteger(seed)) {
      print(`--sample takes a whole number from 1 to ${MOST}, --seed a whole number.`)
      return EXIT.usage
    }
    const report = await auditExplanations(sql, { sample, seed })
    await reportMismatches(sql, report.mismatches)
    if (json) {
      print(JSON.stringify({ seed, ...report }, null, 2))
    } else {
      print(
        `Recomputed ${report.explanations} explanations and ${report.acknowledged} acknowledged numbers (seed ${seed}): ` +
          `${report.mismatches.length} wrong${report.unsupported > 0 ? `, ${report.unsupported} of another version of the formula` : ""}.`
      )
      report.mismatches.slice(0, 20).forEach((found) => {
        print(
          `! ${found.explanation_id}: stored ${String(found.stored)}, recomputed ${String(found.recomputed)}. ${found.reason}`
        )
      })
    }
    return report.mismatches.length === 0 ? EXIT.ok : EXIT.problem
  },
}
