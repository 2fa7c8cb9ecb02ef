/**
 * A promise of the hub does not hold. The only error that lets a control pass: a control that breaks for another reason has
 * shown nothing.
 */
export class PromiseBroken extends Error {}

/** Fails with the sentence unless it holds. */
export function hold(isHeld: boolean, sentence: string): asserts isHeld {
  if (!isHeld) {
    throw new PromiseBroken(sentence)
  }
}

/** Fails with the sentence and the first of the findings when there are any. */
export function holdNone(findings: readonly string[], sentence: string): void {
  const shown = findings.slice(0, 8).join("; ")
  const more = findings.length > 8 ? `; and ${findings.length - 8} more` : ""
  hold(findings.length === 0, `${sentence} (${findings.length}): ${shown}${more}`)
}

const POLL_MS = 10

/**
 * Waits until something is so. That it does not become so in time is a broken promise.
 *
 * @returns how long it took, in milliseconds
 */
export async function within(ms: number, what: string, isSo: () => Promise<boolean> | boolean): Promise<number> {
  const begun = performance.now()
  while (!(await isSo())) {
    hold(performance.now() - begun <= ms, `Within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return performance.now() - begun
}
