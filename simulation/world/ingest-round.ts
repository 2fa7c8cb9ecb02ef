import { backoffMs } from "../../src/lib/backoff"
import { lineItemId } from "../../src/engine/ingest/order-lines"
import type { OrderContext, ResolvedListing } from "../../src/engine/ingest/order-context"
import type { OrderPlan } from "../../src/engine/ingest/plan-order"
import type { ExternalOrder } from "../../src/types/channel"
import type { InboxEvent } from "./hub-store"
import type { MedusaOrder } from "./shop"
import type { Slot } from "./slot"
import type { Worker } from "./worker"
import type { World } from "./world"

export const MESSAGE_LEASE_MS = 60_000

interface Claimed {
  readonly event: InboxEvent
  readonly token: string
}

/** A step of the workflow `ingest-hub-order`: what it does, and how it is undone when a later one fails. */
type Step = () => (() => void) | undefined

class StepFailed extends Error {}

/** Takes over one message, step by step, as the workflow does. A step may fail: then what was done is undone. A process
 * may die between two steps: then it is not, and the next plan finds what is missing. */
export class IngestRound {
  private readonly undo: (() => void)[] = []
  private readonly event: InboxEvent

  constructor(
    private readonly world: World,
    private readonly worker: Worker,
    private readonly claimed: Claimed
  ) {
    this.event = claimed.event
  }

  begin(): void {
    this.worker.after(this.pause(), () => this.load())
  }

  private pause(): number {
    const { random } = this.world.kernel
    return random.around(20)
  }

  private load(): void {
    const { message, connection } = this.event
    if (message.topic === "stock") {
      this.hint(message)
      return
    }
    const key = `${connection.id} ${message.order.externalId}`
    const { references } = this.world.hub
    const reference = references.get(key) ?? { internalId: this.world.hub.newId("order"), version: 0 }
    references.set(key, reference)
    this.worker.workingOn.add(reference.internalId)
    const context = contextOf(this.world, this.event, { order: message.order, reference })
    const plan = this.world.reducers.planOrder(context)
    if (!plan.ok) {
      this.putBack(plan.error.message)
      return
    }
    const { value } = plan
    this.world.note(
      `${this.worker.name} plans ${message.order.externalId} version ${message.order.version}: ` +
        (value.isStale
          ? "nothing, it is known"
          : `reserve ${value.reserve.length}, create ${value.createLines?.length ?? 0}, ` +
            `release ${value.release.length}, shrink ${value.shrink.length}${value.cancelOrder ? ", cancel" : ""}`)
    )
    this.run(stepsOf(this.world, context, value), () => this.finish(message.order, context, value))
  }

  /** A message about stock is a reason to ask the channel. (`hintObservation`) */
  private hint({ slot, quantity }: { readonly slot: Slot; readonly quantity: number }): void {
    const { row } = slot
    const isEcho = quantity === row.acked || (row.leaseToken !== null && quantity === row.desired)
    if (!isEcho) {
      this.world.surroundings.observe(this.event.connection, [slot])
    }
    this.close()
  }

  private run(steps: readonly Step[], finish: () => void): void {
    const [step, ...rest] = steps
    const { kernel, shape, isCalm } = this.world
    this.worker.after(this.pause(), () => {
      try {
        // What is closed already must not be compensated away, so the last step does not fail then.
        const isClosed = !step && !this.world.hub.inbox.has(this.event.id)
        if (!isCalm && !isClosed && kernel.random.chance(shape.roughness.stepFails)) {
          throw new StepFailed("a lock timed out")
        }
        if (!step) {
          finish()
          return
        }
        const undo = step()
        if (undo) {
          this.undo.push(undo)
        }
        this.run(rest, finish)
      } catch (error) {
        if (!(error instanceof StepFailed)) {
          throw error
        }
        this.undo.reverse().forEach((undo) => undo())
        this.putBack(error.message)
      }
    })
  }

  /** One transaction: the version is taken over, the message is done, the channel's own numbers are unknown. */
  private finish(order: ExternalOrder, context: OrderContext, plan: OrderPlan): void {
    const { world, event } = this
    if (!plan.isStale) {
      for (const slot of world.slotsOf(event.connection)) {
        if (plan.soldListingIds.includes(slot.listing.id)) {
          world.mark(slot, world.reducers.markSoldByChannel(slot.row, world.now), world.now)
        }
      }
      const reference = world.hub.references.get(event.entityKey)
      if (reference) {
        reference.version = Math.max(reference.version, order.version)
      }
      for (const issue of plan.issues) {
        world.hub.issues.add(issue.dedupeKey)
      }
    }
    world.note(`${order.externalId} version ${order.version} is ${plan.isStale ? "known already" : "taken over"}`)
    world.checks.atFinish(context, plan)
    world.taken(event.connection, order)
    this.close()
  }

  private close(): void {
    this.world.hub.inbox.delete(this.event.id)
    this.worker.finishMessage(this.world.hub.references.get(this.event.entityKey)?.internalId)
  }

  private putBack(reason: string): void {
    const { world, event, claimed } = this
    world.note(`message ${event.id} is put back: ${reason}`)
    if (event.leaseToken === claimed.token) {
      event.leaseToken = null
      event.leaseUntil = 0
      event.nextAttemptAt = world.now + backoffMs(event.attempts, world.kernel.random.next())
    }
    this.worker.finishMessage(this.world.hub.references.get(this.event.entityKey)?.internalId)
  }
}

const resolved = ({ listing }: Slot): ResolvedListing => ({
  listingId: listing.id,
  variantId: listing.variant.id,
  variantTitle: null,
  variantSku: null,
  productId: null,
  productTitle: null,
  isManaged: true,
  packSize: listing.packSize,
  components: listing.variant.components.map(({ itemId, required }) => ({
    inventoryItemId: itemId,
    required: String(required),
  })),
})

/** What `load-order-context.ts` reads. */
function contextOf(
  world: World,
  event: InboxEvent,
  known: {
    readonly order: ExternalOrder
    readonly reference: { readonly internalId: string; readonly version: number }
  }
): OrderContext {
  const { order, reference } = known
  const { shop } = world
  const sold = new Set(order.lines.map((line) => line.externalListingId))
  const listings = Object.fromEntries(
    world
      .slotsOf(event.connection)
      .filter(({ listing }) => [...sold].some((id) => id === listing.externalId))
      .map((slot) => [slot.listing.externalId, resolved(slot)])
  )
  const locationIds = [...new Set([...event.connection.feeding.values()].flat())]
  const itemIds = [
    ...new Set(
      Object.values(listings).flatMap(({ components }) => components.map(({ inventoryItemId }) => inventoryItemId))
    ),
  ]
  const existing = shop.orders.get(reference.internalId)
  return {
    companyId: "company",
    connectionId: event.connection.id,
    connectionName: event.connection.name,
    salesChannelId: null,
    inboxEventId: event.id,
    order,
    orderId: reference.internalId,
    knownVersion: reference.version,
    orderExists: existing !== undefined,
    existingQuantities: Object.fromEntries(existing?.quantities ?? []),
    isCanceledInMedusa: existing?.isCanceled ?? false,
    hasFulfillment: existing?.hasFulfillment ?? false,
    listings,
    levels: itemIds.flatMap((itemId) =>
      locationIds.map((locationId) => ({
        inventoryItemId: itemId,
        locationId,
        available: String(shop.available(itemId, locationId)),
      }))
    ),
    locationsByExternal: Object.fromEntries(event.connection.feeding),
    reservations: order.lines.flatMap((line) =>
      shop.reservationsOf(lineItemId(reference.internalId, line.externalLineId)).map((reservation) => ({
        id: reservation.id,
        lineItemId: reservation.lineItemId ?? "",
        inventoryItemId: reservation.itemId,
        locationId: reservation.locationId,
        quantity: String(reservation.quantity),
      }))
    ),
  }
}

function stepsOf(world: World, context: OrderContext, plan: OrderPlan): Step[] {
  const { shop } = world
  const steps: Step[] = []
  if (plan.reserve.length > 0) {
    steps.push(() => {
      const made = plan.reserve.map((item) =>
        shop.reserve({
          lineItemId: item.line_item_id,
          itemId: item.inventory_item_id,
          locationId: item.location_id,
          quantity: item.quantity,
        })
      )
      return () => made.forEach(({ id }) => shop.release(id))
    })
  }
  if (plan.createLines) {
    const lines = plan.createLines
    steps.push(() => createOrder(world, context, new Map(lines.map(({ id, quantity }) => [id, quantity]))))
  }
  if (plan.returned.length > 0) {
    steps.push(() => {
      raiseForReturns(world, context, plan)
      return undefined
    })
  }
  if (plan.release.length > 0) {
    steps.push(() => {
      const released = plan.release.flatMap((id) => shop.release(id) ?? [])
      return () => released.forEach((reservation) => shop.restore(reservation))
    })
  }
  if (plan.shrink.length > 0) {
    steps.push(() => shrink(world, plan.shrink))
  }
  if (plan.cancelOrder) {
    steps.push(() => cancelOrder(world, context.orderId))
  }
  return steps
}

/** The channel may offer again what it took back, so it counts as live before anybody else may be given it. */
function raiseForReturns(world: World, { connectionId }: OrderContext, plan: OrderPlan): void {
  for (const { listingId, externalLocationId, units } of plan.returned) {
    for (const slot of world.slots) {
      const isThere = externalLocationId === "*" || slot.externalLocationId === externalLocationId
      if (slot.connection.id === connectionId && slot.listing.id === listingId && isThere) {
        const unknown = world.reducers.markSoldByChannel(slot.row, world.now)
        world.mark(slot, { ...unknown, exposed: (unknown.exposed ?? 0) + units }, world.now)
      }
    }
  }
}

function createOrder(world: World, context: OrderContext, quantities: ReadonlyMap<string, number>): () => void {
  const { orders } = world.shop
  if (orders.has(context.orderId)) {
    throw new StepFailed("an order with this id exists")
  }
  const order: MedusaOrder = {
    id: context.orderId,
    externalId: context.order.externalId,
    quantities,
    isCanceled: false,
    hasFulfillment: false,
  }
  orders.set(order.id, order)
  return () => void orders.delete(order.id)
}

function shrink(world: World, changes: OrderPlan["shrink"]): () => void {
  const { shop } = world
  const known = changes.map(({ id, quantity }) => {
    const reservation = shop.reservations.get(id)
    if (!reservation) {
      throw new StepFailed("a reservation is gone")
    }
    return { reservation, before: reservation.quantity, quantity }
  })
  known.forEach(({ reservation, quantity }) => shop.resize(reservation, quantity))
  return () => known.forEach(({ reservation, before }) => shop.resize(reservation, before))
}

/** Medusa's own cancellation: it refuses what has been packed, and gives all reservations back. */
function cancelOrder(world: World, orderId: string): () => void {
  const { shop } = world
  const order = shop.orders.get(orderId)
  if (!order || order.isCanceled || order.hasFulfillment) {
    throw new StepFailed("the order cannot be cancelled")
  }
  order.isCanceled = true
  const released = [...order.quantities.keys()].flatMap((lineId) =>
    shop.reservationsOf(lineId).flatMap(({ id }) => shop.release(id) ?? [])
  )
  return () => {
    order.isCanceled = false
    released.forEach((reservation) => shop.restore(reservation))
  }
}
