import { seededRandom } from "../../scripts/demo/random"
import { zipfSampler } from "../support/zipf"

/** A change of what is on hand of one SKU. */
export interface Move {
  /** Index of the SKU, from 0. */
  readonly sku: number
  readonly delta: number
}

export interface Stream {
  /** What is on hand in the beginning, by SKU. */
  readonly opening: readonly number[]
  /** Moves that are written together, each SKU at most once. */
  readonly transactions: readonly (readonly Move[])[]
  readonly changes: number
}

/** How articles sell: the first of 10,000 some 1,600 times as often as the last. */
const EXPONENT = 0.8
const MOST_OPENING = 200
/** Shares of transactions and how many SKUs they touch: orders of one line, of a few, baskets, goods that arrive. */
const SIZES = [
  { share: 0.6, least: 1, most: 1 },
  { share: 0.28, least: 2, most: 3 },
  { share: 0.1, least: 4, most: 10 },
  { share: 0.02, least: 30, most: 120 },
] as const

const between = (random: () => number, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))

function nextSize(random: () => number): { size: number; isReceipt: boolean } {
  const drawn = random()
  let sum = 0
  for (const { share, least, most } of SIZES) {
    sum += share
    if (drawn < sum) {
      return { size: between(random, least, most), isReceipt: most > 100 }
    }
  }
  return { size: 1, isReceipt: false }
}

/**
 * Makes up a stream of sales, returns and goods received. The same numbers give the same stream. Nothing falls below 0:
 * what is sold out comes back with the next move.
 */
export function planStream(size: { readonly skus: number; readonly changes: number; readonly seed: number }): Stream {
  const random = seededRandom(size.seed)
  const drawSku = zipfSampler(size.skus, EXPONENT, random)
  const opening = Array.from({ length: size.skus }, () => between(random, 0, MOST_OPENING))
  const onHand = [...opening]
  const transactions: Move[][] = []
  let changes = 0
  while (changes < size.changes) {
    const { size: wanted, isReceipt } = nextSize(random)
    const moves = new Map<number, number>()
    const most = Math.min(wanted, size.changes - changes, size.skus)
    for (let draw = 0; moves.size < most && draw < most * 20; draw += 1) {
      const sku = isReceipt ? between(random, 0, size.skus - 1) : drawSku()
      if (!moves.has(sku)) {
        const stock = onHand[sku] ?? 0
        const isSale = !isReceipt && stock > 0 && random() < 0.95
        const delta = isSale ? -Math.min(stock, between(random, 1, 3)) : between(random, 1, isReceipt ? 60 : 3)
        moves.set(sku, delta)
        onHand[sku] = stock + delta
      }
    }
    transactions.push([...moves].map(([sku, delta]) => ({ sku, delta })))
    changes += moves.size
  }
  return { opening, transactions, changes }
}

/** The first transactions of a stream that hold `changes` changes in all, or a few more. */
export function headOf(stream: Stream, changes: number): Stream {
  const transactions: (readonly Move[])[] = []
  let count = 0
  for (const transaction of stream.transactions) {
    if (count >= changes) {
      break
    }
    transactions.push(transaction)
    count += transaction.length
  }
  return { opening: stream.opening, transactions, changes: count }
}

/** What is on hand in the end, by SKU. */
export function closingOf(stream: Stream): number[] {
  const onHand = [...stream.opening]
  for (const { sku, delta } of stream.transactions.flat()) {
    onHand[sku] = (onHand[sku] ?? 0) + delta
  }
  return onHand
}
