/** After this nothing else makes sense: the checks that would follow are not run. */
export class StopChecks extends Error {}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Runs checks one after the other and prints one line for each. */
export class Checklist {
  private passed = 0
  private failed = 0

  /** @param write where the lines go */
  constructor(private readonly write: (line: string) => void) {}

  get allPassed(): boolean {
    return this.failed === 0 && this.passed > 0
  }

  /** One check: it holds unless it throws. What it found out is handed on. */
  async check<Found>(name: string, run: () => Found | Promise<Found>): Promise<Found | undefined> {
    const started = performance.now()
    try {
      const found = await run()
      this.passed += 1
      this.write(`ok      ${name}${took(started)}`)
      return found
    } catch (error) {
      this.failed += 1
      this.write(`FAILED  ${name}${took(started)}\n${indent(messageOf(error))}`)
      return undefined
    }
  }

  /** A check that everything after it stands on. */
  async must<Found>(name: string, run: () => Found | Promise<Found>): Promise<Found> {
    const failedBefore = this.failed
    const found = await this.check(name, run)
    if (this.failed > failedBefore) {
      throw new StopChecks(`Nothing after "${name}" was checked.`)
    }
    return found as Found
  }

  /** Counts something that went wrong outside of any check, such as a clean-up. */
  fail(name: string, error: unknown): void {
    this.failed += 1
    this.write(`FAILED  ${name}\n${indent(messageOf(error))}`)
  }

  /** The last line. */
  summary(): string {
    return `${this.passed} passed, ${this.failed} failed`
  }
}

function took(started: number): string {
  const seconds = (performance.now() - started) / 1_000
  return seconds < 1 ? "" : ` (${seconds.toFixed(1)} s)`
}

const indent = (text: string): string => text.replace(/^/gm, "        ")

/** Fails with the sentence when there is anything in the list. */
export function expectNone(found: readonly string[], sentence: string): void {
  if (found.length > 0) {
    throw new Error(`${sentence}\n${found.join("\n")}`)
  }
}
