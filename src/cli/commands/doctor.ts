import { DOCTOR_CHECKS } from "../../engine/doctor/checks"
import type { DoctorContext } from "../../engine/doctor/check"
import { runDoctor, type CheckReport, type DoctorReport } from "../../engine/doctor/run-doctor"
import { toFailure } from "../../lib/errors"
import { EXIT, type Command, type CommandInput } from "../command"

/** A person waits for the answer, so whole tables may be read. */
const LIMITS = { deadlineMs: 120_000, statementMs: 30_000, atOnce: 3 }

const SIGNS = { ok: "✓", degraded: "!", down: "✗", unknown: "?" } as const

function render(check: CheckReport): string {
  const head = `${SIGNS[check.status]} ${check.title}${check.note === null ? "" : ` (${check.note})`} [${check.id}]`
  const findings = check.findings.flatMap(({ what, means, fix, ids, count }) => [
    `    ${what}`,
    `    ${means}`,
    ...(ids.length > 0 ? [`    ${ids.join(", ")}${count > ids.length ? ` … ${count} in all` : ""}`] : []),
    `    → ${fix}`,
  ])
  return [head, ...findings].join("\n")
}

const WORDS = {
  ok: "All is well.",
  degraded: "Something needs a look.",
  down: "Stock does not get through.",
} as const

async function repairAll(report: DoctorReport, context: DoctorContext, print: CommandInput["print"]): Promise<void> {
  const repairable = report.checks.filter(({ repair }) => repair !== null)
  if (repairable.length === 0) {
    print("There is nothing that --fix could do.")
  }
  for (const { id, repair } of repairable) {
    print(`Fixing ${id}: ${repair ?? ""}`)
    try {
      const done = await DOCTOR_CHECKS.find((check) => check.id === id)?.repair(context)
      print(`  ${done ?? "It was right already."}`)
    } catch (error) {
      print(`  It did not work: ${toFailure(error).message}`)
    }
  }
}

/** `hub doctor`: what is wrong, in words, with the fix. */
export const doctor: Command = {
  name: "doctor",
  usage: "[--fix] [--only CHECK] [--json]",
  summary: "what is wrong, what it means and how to fix it",
  details: "It only reads, unless --fix is given: then it says what it is about to do, does it, and looks again.",
  flags: {
    fix: { type: "boolean", help: "repairs what the doctor can repair by itself, and nothing in Medusa's own tables" },
    only: { type: "string", value: "CHECK", help: "asks one check, by its id" },
  },
  arguments: [0, 0],
  hasJson: true,
  run: async ({ sql, ring, flags, json, print }) => {
    const checks = DOCTOR_CHECKS.filter(({ id }) => flags.only === undefined || flags.only === id)
    if (checks.length === 0) {
      print(`There is no check "${String(flags.only)}". Known: ${DOCTOR_CHECKS.map(({ id }) => id).join(", ")}.`)
      return EXIT.usage
    }
    const context: DoctorContext = { sql, ring: ring(), wantsCapture: null, processNow: () => Date.now() }
    let report = await runDoctor(checks, context, LIMITS)
    if (flags.fix === true) {
      await repairAll(report, context, json ? () => undefined : print)
      report = await runDoctor(checks, context, LIMITS)
    }
    print(json ? JSON.stringify(report, null, 2) : [...report.checks.map(render), "", WORDS[report.status]].join("\n"))
    return report.status === "ok" ? EXIT.ok : EXIT.problem
  },
}
