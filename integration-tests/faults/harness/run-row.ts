import type { FaultContext } from "./fault-context"
import type { FaultRow } from "./fault-row"
import { PromiseBroken } from "./promise"

export type RowResult =
  | { readonly kind: "passed"; readonly measured: string; readonly control: string }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "skipped"; readonly why: string }

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What the control broke. A control that holds, or that ends for another reason, proves nothing about the row. */
async function runControl(row: FaultRow, context: FaultContext): Promise<RowResult | string> {
  try {
    await row.control(context)
    return { kind: "failed", why: "The control holds too: this row could not have failed." }
  } catch (error) {
    return error instanceof PromiseBroken
      ? error.message
      : { kind: "failed", why: `The control ended for another reason: ${wordsOf(error)}` }
  }
}

/** Runs the fault, and then the same with a protection taken away: a row counts only if it holds and its control fails. */
export async function runRow(row: FaultRow, context: FaultContext): Promise<RowResult> {
  if (row.waitsFor !== undefined) {
    return { kind: "skipped", why: `waits for ${row.waitsFor}` }
  }
  const obstacle = (await row.cannotRun?.(context)) ?? null
  if (obstacle !== null) {
    return { kind: "skipped", why: obstacle }
  }
  try {
    const measured = await row.run(context)
    const control = await runControl(row, context)
    return typeof control === "string" ? { kind: "passed", measured, control } : control
  } catch (error) {
    const isBroken = error instanceof PromiseBroken
    return {
      kind: "failed",
      why: isBroken ? error.message : error instanceof Error ? (error.stack ?? "") : String(error),
    }
  }
}
