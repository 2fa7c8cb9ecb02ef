import type { StockWriteOutcome } from "../../types/channel"
import type { ExternalListingId } from "../../types/ids"
import { failpoint } from "../failpoint"
import { leaseMsOf, locationOf, type Claim, type Decided, type LaneContext, type Write } from "./batch"
import { renewClaim } from "./claim-rows"
import { SHADOW, type LaneOutcome } from "./lane-reducer"
import { pushWrites } from "./push-writes"
import { recordExplanations, settleExplanations, type ExplanationDraft } from "./record-explanations"

/** Sold out and falling numbers go out first: they are what a buyer could be let down by. */
const byUrgency = (a: Write, b: Write): number => {
  const rank = ({ row, decision }: Write): number =>
    decision.quantity === 0 ? 0 : row.acked === null || decision.quantity < row.acked ? 1 : 2
  return rank(a) - rank(b)
}

const toDraft = (context: LaneContext, { row, computed }: Decided, quantity: number): ExplanationDraft => ({
  stateId: row.id,
  companyId: context.connection.companyId,
  connectionId: context.connection.id,
  listingId: row.listingId,
  externalLocationId: row.externalLocationId,
  quantity,
  inputs: computed?.explanation,
  causedAt: row.claimedSince,
})

/** Explains, sends, and says what became of every write. */
export async function sendWrites(
  context: LaneContext,
  claim: Claim,
  unsorted: readonly Write[],
  ids: ReadonlyMap<string, ExternalListingId>
): Promise<{ outcomes: Map<string, LaneOutcome>; calls: number }> {
  const { token, begun, claimed } = claim
  const writes = [...unsorted].sort(byUrgency)
  const outcomes = new Map<string, LaneOutcome>()
  if (writes.length === 0) {
    return { outcomes, calls: 0 }
  }
  const drafts = writes.map((write) => toDraft(context, write, write.decision.quantity))
  const explanationIds = await recordExplanations(context.sql, token, drafts, "send")
  if (performance.now() - begun > context.claimToCallMs) {
    return { outcomes: new Map(writes.map(({ row }) => [row.id, { kind: "released" }])), calls: 0 }
  }
  await failpoint("lane.before-push")
  claim.isSent = true
  const pushed = await pushWrites(
    context.connection,
    writes.map(({ row, decision }) => ({
      externalListingId: ids.get(row.listingId) ?? ("" as ExternalListingId),
      externalLocationId: locationOf(row),
      quantity: decision.quantity,
      compareWith: decision.compareWith,
    })),
    { token, mayGoOn: () => renewClaim(context.sql, { token, leaseMs: leaseMsOf(context), rows: claimed.rows }) }
  )
  await failpoint("lane.after-push")
  writes.forEach(({ row, decision }, index) => {
    const result: StockWriteOutcome | null = pushed.outcomes[index] ?? null
    outcomes.set(
      row.id,
      result === null
        ? { kind: "released" }
        : {
            kind: "written",
            quantity: decision.quantity,
            result,
            ...(decision.heldBack ? { heldBack: decision.heldBack } : {}),
          }
    )
  })
  await settleExplanations(
    context.sql,
    explanationIds.map((id, index) => ({ id, outcome: pushed.outcomes[index]?.status ?? "not-sent" }))
  )
  return { outcomes, calls: pushed.calls }
}

/** What a preview would send is explained as well, so that a person can ask why before it is sent. */
export async function explainPreview(
  context: LaneContext,
  { token }: Claim,
  decided: readonly Decided[]
): Promise<void> {
  const drafts = decided.flatMap((item) =>
    item.decision.kind === "hold" && item.decision.reason === SHADOW
      ? [toDraft(context, item, item.decision.quantity)]
      : []
  )
  if (drafts.length > 0) {
    const ids = await recordExplanations(context.sql, token, drafts, "preview")
    await settleExplanations(
      context.sql,
      ids.map((id) => ({ id, outcome: "preview" }))
    )
  }
}
