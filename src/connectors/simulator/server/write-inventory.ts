import { answer, problem, RequestError, type Answer } from "./answer"
import type { CallFate } from "./chaos"
import { hashBody } from "./idempotency-store"
import type { SetInventory, SetInventoryItem } from "./requests"
import type { Simulator } from "./simulator"

type ItemResult =
  | { readonly status: "ok"; readonly quantity: number }
  | { readonly status: "conflict"; readonly quantity: number }
  | { readonly status: "rejected"; readonly code: string; readonly message: string }

function applyItem(simulator: Simulator, item: SetInventoryItem, late: boolean): ItemResult {
  const { stats, shelf } = simulator
  const shown = shelf.shown(item)
  const isRejected = simulator.chaos.rejectsItem(simulator.behaviour.chaos)
  if (shown === null || isRejected) {
    stats.items_rejected += 1
    const place = `listing ${item.listing_id} at location ${item.location_id}`
    return shown === null
      ? { status: "rejected", code: "no_such_slot", message: `There is no ${place}.` }
      : { status: "rejected", code: "refused", message: `Refused by chance: ${place}.` }
  }
  if (item.compare_quantity !== undefined && item.compare_quantity !== shown) {
    stats.conflicts += 1
    return { status: "conflict", quantity: shown }
  }
  shelf.show(item, item.quantity)
  simulator.writes.add({ listing_id: item.listing_id, location_id: item.location_id, quantity: item.quantity }, late)
  stats.items_written += 1
  return { status: "ok", quantity: item.quantity }
}

function applyItems(simulator: Simulator, items: readonly SetInventoryItem[], late: boolean): Answer {
  return answer({
    items: items.map((item) => ({
      listing_id: item.listing_id,
      location_id: item.location_id,
      ...applyItem(simulator, item, late),
    })),
  })
}

/** Carries the write out after its sender has been cut off, unless the same key has been carried out meanwhile. */
async function applyLate(simulator: Simulator, body: SetInventory, bodyHash: string): Promise<void> {
  await simulator.wait(simulator.behaviour.chaos.late_apply_ms)
  if (simulator.idempotency.find(body.idempotency_key, bodyHash) === undefined) {
    const late = applyItems(simulator, body.items, true)
    simulator.idempotency.remember(body.idempotency_key, bodyHash, Promise.resolve(late))
    simulator.stats.writes_applied_late += 1
  }
}

async function applyHeld(simulator: Simulator, body: SetInventory): Promise<Answer> {
  await simulator.wait(simulator.nextHoldMs())
  return applyItems(simulator, body.items, false)
}

/** Sets quantities, each key once: a repetition gets the first answer, another body under the same key gets a 409. */
export async function writeInventory(simulator: Simulator, body: SetInventory, fate: CallFate): Promise<Answer> {
  const { idempotency, stats, behaviour } = simulator
  requireBatchSize(simulator, body.items.length)
  if (!behaviour.compare_and_set && body.items.some((item) => item.compare_quantity !== undefined)) {
    throw new RequestError(422, "compare_quantity: this channel cannot compare.")
  }
  if (body.items.some((item) => behaviour.poison_listings.includes(item.listing_id))) {
    stats.poisoned_calls += 1
    return problem(422, "The batch was not accepted.")
  }
  const bodyHash = hashBody(body)
  const known = idempotency.find(body.idempotency_key, bodyHash)
  if (known === "other-body") {
    throw new RequestError(409, "idempotency_key was used before with other items.")
  }
  if (known) {
    stats.writes_repeated += 1
    return known
  }
  if (fate.appliedLate) {
    stats.answers_dropped += 1
    void applyLate(simulator, body, bodyHash).catch(() => undefined)
    return "cut"
  }
  if (fate.partial) {
    stats.errors_injected += 1
    applyItems(simulator, body.items.slice(0, Math.floor(body.items.length / 2)), false)
    return problem(500, "Broke down half way.")
  }
  const pending = applyHeld(simulator, body)
  idempotency.remember(body.idempotency_key, bodyHash, pending)
  return pending
}

export function requireBatchSize(simulator: Simulator, size: number): void {
  if (size > simulator.behaviour.max_batch) {
    throw new RequestError(
      422,
      `items: ${size} are more than the ${simulator.behaviour.max_batch} that one call may carry.`
    )
  }
}
