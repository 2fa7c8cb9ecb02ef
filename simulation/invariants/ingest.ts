import { lineItemId } from "../../src/engine/ingest/order-lines"
import type { ChannelLine, ChannelOrder } from "../world/channel"
import type { World } from "../world/world"
import type { Invariant } from "./invariant"

interface Held {
  readonly words: string
  readonly reserved: number
  readonly open: number
  readonly most: number
}

/** What is reserved for each item of each line, beside what it needs now and could ever need. */
function heldBy(order: ChannelOrder, world: World): Held[] {
  const connection = order.lines[0]?.slot.connection
  const reference = connection && world.hub.references.get(`${connection.id} ${order.externalId}`)
  if (!reference) {
    return []
  }
  return order.lines.flatMap((line) => heldByLine(line, lineItemId(reference.internalId, line.id), world))
}

function heldByLine({ id, slot, quantity, cancelled }: ChannelLine, lineItem: string, world: World): Held[] {
  const reservations = world.shop.reservationsOf(lineItem)
  return slot.listing.variant.components.map(({ itemId, required }) => {
    const perUnit = required * slot.listing.packSize
    return {
      words: `line ${id} of ${itemId}`,
      reserved: reservations.reduce((sum, held) => sum + (held.itemId === itemId ? held.quantity : 0), 0),
      open: (quantity - cancelled) * perUnit,
      most: quantity * perUnit,
    }
  })
}

export const INGEST_INVARIANTS: readonly Invariant[] = [
  {
    id: "reserved-once",
    words: "No order ever holds more stock than it was placed for, whoever dies while taking it over.",
    at: "order",
    check: ({ order, world }) => {
      const wrong = heldBy(order, world).find(({ reserved, most }) => reserved > most)
      return wrong
        ? `${order.externalId}, ${wrong.words}: ${wrong.reserved} are reserved, ${wrong.most} were sold`
        : null
    },
  },
  {
    id: "reservations-match-orders",
    words:
      "Once the hub has taken over what a channel says of an order, exactly its open lines are reserved, unless people " +
      "have shipped or cancelled it in Medusa, which leaves nothing.",
    at: "order",
    check: ({ order, world }) => {
      if (order.unseen.length > 0 || world.isIngesting(order)) {
        return null
      }
      const wrong = heldBy(order, world).find(({ reserved, open }) => reserved !== (order.isLeftToPeople ? 0 : open))
      return wrong
        ? `${order.externalId}, ${wrong.words}: ${wrong.reserved} are reserved, ${order.isLeftToPeople ? "people dealt with it" : `${wrong.open} are open`}`
        : null
    },
  },
  {
    id: "order-once",
    words: "Every order of a channel becomes one order in Medusa: none is lost, none comes twice.",
    at: "rest",
    check: ({ world }) => {
      const made = new Map<string, number>()
      for (const { externalId } of world.shop.orders.values()) {
        made.set(externalId, (made.get(externalId) ?? 0) + 1)
      }
      for (const channel of world.channels) {
        for (const order of channel.orders.values()) {
          const count = made.get(order.externalId) ?? 0
          const isCancelled = order.lines.every(({ quantity, cancelled }) => quantity === cancelled)
          if (count > 1 || (count === 0 && !isCancelled)) {
            return `${order.externalId} exists ${count} times in Medusa`
          }
        }
      }
      return null
    },
  },
  {
    id: "ledger-adds-up",
    words: "What a level says is reserved is the sum of the reservations on it.",
    at: "rest",
    check: ({ world }) => {
      const sums = new Map<string, number>()
      for (const { itemId, locationId, quantity } of world.shop.reservations.values()) {
        const key = `${itemId}@${locationId}`
        sums.set(key, (sums.get(key) ?? 0) + quantity)
      }
      for (const itemId of world.shape.itemIds) {
        for (const locationId of world.shape.locationIds) {
          const sum = sums.get(`${itemId}@${locationId}`) ?? 0
          const { reserved } = world.shop.level(itemId, locationId)
          if (reserved !== sum) {
            return `${itemId} at ${locationId} says ${reserved} reserved, the reservations say ${sum}`
          }
        }
      }
      return null
    },
  },
  {
    id: "all-heard",
    words: "At rest every change that a channel made by itself has been taken over, whatever became of its messages.",
    at: "rest",
    check: ({ world }) => {
      const slot = world.slots.find(({ unseen }) => unseen !== 0)
      return slot ? `${slot.id} has changed ${slot.unseen} times unseen` : null
    },
  },
]
