/** The parts of Stryker's JSON report that decide the score. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>
}

interface Mutant {
  readonly status: string
  readonly mutatorName: string
  readonly replacement?: string
  readonly location: { readonly start: { readonly line: number } }
}

/** The tests failed, or never came to an end. */
const FOUND = new Set(["Killed", "Timeout"])
/** No test noticed, or none went there at all. The other states say nothing about tests: a change that is ignored or no code. */
const MISSED = new Set(["Survived", "NoCoverage"])

export interface MutationScore {
  readonly found: number
  readonly total: number
  /** From 0 to 100; 0 when nothing was changed. */
  readonly percent: number
}

const mutantsOf = (report: MutationReport): Mutant[] => Object.values(report.files).flatMap(({ mutants }) => mutants)

/** How many of all changes the tests noticed. */
export function scoreOf(reports: readonly MutationReport[]): MutationScore {
  const mutants = reports.flatMap(mutantsOf)
  const found = mutants.filter(({ status }) => FOUND.has(status)).length
  const total = found + mutants.filter(({ status }) => MISSED.has(status)).length
  return { found, total, percent: total === 0 ? 0 : (found / total) * 100 }
}

/** Every change that nobody noticed, as `file:line what it was changed to`. */
export const findSurvivors = (report: MutationReport): string[] =>
  Object.entries(report.files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => MISSED.has(status))
      .map(
        ({ status, mutatorName, replacement = "", location }) =>
          `${file}:${location.start.line} ${status} ${mutatorName} ${replacement.replace(/\s+/g, " ").slice(0, 100)}`
      )
  )
