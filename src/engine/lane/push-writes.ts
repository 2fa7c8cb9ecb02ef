import { createHash } from "node:crypto"
import { AddressRefusedError } from "../../lib/address-refused"
import { toFailure, type HubFailure } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { StockWrite, StockWriteOutcome } from "../../types/channel"
import type { OpenConnection } from "../connections"
import { answerSpan, beginBisection, callBudget, nextSpan, type Span } from "./bisect"

/** What became of one write, or null when it was never sent. */
export type PushOutcome = StockWriteOutcome | null

interface Pushed {
  /** In the order of the writes. */
  readonly outcomes: readonly PushOutcome[]
  readonly calls: number
}

/** One key per content, so that the same batch sent again is recognised by channels that can. */
const idempotencyKey = (token: string, writes: readonly StockWrite[]): string =>
  createHash("sha256").update(token).update(JSON.stringify(writes)).digest("hex").slice(0, 40)

type CallAnswer =
  | { readonly kind: "taken"; readonly outcomes: readonly StockWriteOutcome[] }
  /** The channel refuses the call because of something in it. */
  | { readonly kind: "refused"; readonly failure: HubFailure }
  /** Nothing can be sent at the moment, whatever is in it. */
  | { readonly kind: "stopped"; readonly outcome: StockWriteOutcome }

const STOPPING = ["auth", "rate-limited", "transient"] as const satisfies readonly HubFailure["kind"][]

async function call(connection: OpenConnection, writes: readonly StockWrite[], token: string): Promise<CallAnswer> {
  if (!connection.client.pushStock) {
    const failure: HubFailure = { kind: "unsupported", message: `${connection.name} cannot receive stock.` }
    return { kind: "stopped", outcome: { status: "failed", failure } }
  }
  try {
    return { kind: "taken", outcomes: await connection.client.pushStock(writes, idempotencyKey(token, writes)) }
  } catch (error) {
    const failure = toFailure(error)
    if (error instanceof OutcomeUnknownError) {
      return { kind: "stopped", outcome: { status: "unknown", message: failure.message } }
    }
    if (error instanceof AddressRefusedError) {
      // No item is at fault, and another answer of the name service may mend it: so it waits, as for a channel that is down.
      return { kind: "stopped", outcome: { status: "failed", failure: { ...failure, kind: "transient" } } }
    }
    return STOPPING.some((kind) => kind === failure.kind)
      ? { kind: "stopped", outcome: { status: "failed", failure } }
      : { kind: "refused", failure }
  }
}

/**
 * Sends a batch. When the channel refuses it as a whole, the parts are sent alone until the items that it minds are found;
 * the others arrive. Only a refusal of one item alone is taken as that item's own.
 *
 * Where everything is refused, that says nothing about the items: all of it is to be tried again.
 *
 * @param mayGoOn asked before every further call; false when the claim is lost or runs out
 */
export async function pushWrites(
  connection: OpenConnection,
  writes: readonly StockWrite[],
  { token, mayGoOn }: { readonly token: string; readonly mayGoOn: () => Promise<boolean> }
): Promise<Pushed> {
  const outcomes: PushOutcome[] = writes.map(() => null)
  const fill = ({ from, to }: Span, of: (index: number) => PushOutcome): void => {
    for (let index = from; index < to; index += 1) {
      outcomes[index] = of(index - from)
    }
  }
  let bisection = beginBisection(writes.length)
  let refusal: HubFailure | null = null
  let isAnyTaken = false
  for (let span = nextSpan(bisection); span; span = nextSpan(bisection)) {
    if (bisection.calls > 0 && (bisection.calls >= callBudget(writes.length) || !(await mayGoOn()))) {
      break
    }
    const answer = await call(connection, writes.slice(span.from, span.to), token)
    if (answer.kind === "stopped") {
      fill(span, () => answer.outcome)
      break
    }
    if (answer.kind === "taken") {
      isAnyTaken = true
      fill(span, (index) => answer.outcomes[index] ?? { status: "unknown", message: NO_OUTCOME })
      bisection = answerSpan(bisection, "taken")
      continue
    }
    refusal = answer.failure
    if (span.to - span.from === 1) {
      fill(span, () => ({ status: "failed", failure: answer.failure }))
    }
    bisection = answerSpan(bisection, "refused")
  }
  const isAllRefused = refusal !== null && !isAnyTaken && bisection.calls > MOST_REFUSALS
  const failure: HubFailure = { ...(refusal ?? { message: "" }), kind: "transient" }
  return {
    outcomes: isAllRefused ? outcomes.map(() => ({ status: "failed", failure })) : outcomes,
    calls: bisection.calls,
  }
}

const NO_OUTCOME = "The connector gave no outcome for this write."

/** So many refusals in a row, and nothing taken, are no matter of single items. */
const MOST_REFUSALS = 12
