import { createHash } from "node:crypto"
import { HubError, toFailure, type HubFailure } from "../../lib/errors"
import { OutcomeUnknownError } from "../../lib/outcome-unknown"
import type { StockWrite, StockWriteOutcome } from "../../types/channel"
import { ACTIVATE, SET_QUANTITIES } from "./documents"
import { call, type Session } from "./graphql"
import { findWriteMistake, pairOf, sortErrors, toVendorQuantity, type RowVerdict } from "./map"
import { pullStock } from "./pull-stock"
import { activateSchema, setQuantitiesSchema } from "./schema"

/** Why, in the history that the merchant sees in Shopify. */
const REASON = "correction"
/** Calls for one batch that Shopify refuses because of rows in it: the batch, and once more what is left of it. */
const MOST_ROUNDS = 2
/** Calls under another key for one that failed before. */
const MOST_KEYS = 3
/** Items that are put on a location's shelf for the first time, in one batch. The others wait for the next. */
const MOST_ACTIVATIONS = 20

interface Row {
  readonly write: StockWrite
  readonly index: number
}

/** The form of a UUID, from a content: the same content has the same key for ever. */
export function keyOf(...parts: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(parts)).digest("hex")
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-"
  )
}

type Round = { readonly kind: "accepted" } | { readonly kind: "rows"; readonly rows: ReadonlyMap<number, RowVerdict> }

/** One call, under one key for its content; under another when Shopify says that the key's first call failed. */
async function setQuantities(session: Session, rows: readonly Row[], key: string): Promise<Round> {
  const quantities = rows.map(({ write }) => toVendorQuantity(write))
  const content = JSON.stringify(quantities)
  for (let attempt = 1; ; attempt += 1) {
    const { inventorySetQuantities: answer } = await call(session, {
      operation: SET_QUANTITIES,
      what: `Setting ${rows.length} quantities`,
      schema: setQuantitiesSchema,
      variables: {
        input: { name: "available", reason: REASON, quantities },
        key: keyOf(key, content, String(attempt)),
      },
    })
    if (answer.userErrors.length === 0) {
      return { kind: "accepted" }
    }
    const { rows: verdicts, whole } = sortErrors(answer.userErrors, rows.length)
    if (whole?.kind === "failed") {
      throw new HubError(whole.failure)
    }
    if (whole === null) {
      return { kind: "rows", rows: verdicts }
    }
    if (attempt === MOST_KEYS) {
      const message =
        "Setting quantities: Shopify calls every key used up by a call that failed. It is tried again later."
      throw new HubError({ kind: "transient", message, vendorCode: "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED" })
    }
  }
}

/** Puts an item on a location's shelf, with its number. */
async function activate(session: Session, { write }: Row, key: string): Promise<StockWriteOutcome> {
  const { externalListingId: inventoryItemId, externalLocationId: locationId, quantity: available } = write
  try {
    const { inventoryActivate } = await call(session, {
      operation: ACTIVATE,
      what: "Stocking an item at a location",
      schema: activateSchema,
      variables: {
        inventoryItemId,
        locationId,
        available,
        key: keyOf(key, inventoryItemId, locationId, String(available)),
      },
    })
    const [error] = inventoryActivate.userErrors
    return error
      ? {
          status: "failed",
          failure: {
            kind: "invalid-data",
            vendorCode: error.code ?? "ITEM_NOT_STOCKED_AT_LOCATION",
            message: `Shopify does not stock the item at this location: ${error.message.slice(0, 200)}`,
          },
        }
      : { status: "accepted" }
  } catch (error) {
    return outcomeOf(error)
  }
}

const outcomeOf = (error: unknown): StockWriteOutcome =>
  error instanceof OutcomeUnknownError
    ? { status: "unknown", message: error.message }
    : { status: "failed", failure: toFailure(error) }

/** What the channel shows instead, for the writes that compared with something else. One reading for all of them. */
async function conflictsOf(session: Session, rows: readonly Row[]): Promise<StockWriteOutcome[]> {
  const read = await pullStock(
    session,
    rows.map(({ write }) => write)
  ).catch(() => [])
  return rows.map((_, index) => ({ status: "conflict", observed: read[index]?.quantity ?? null }))
}

const LATER: HubFailure = {
  kind: "transient",
  message: "Other items of the same call were refused twice. It is tried again.",
}

/** Sends, takes out what Shopify names, and sends the rest once more. Throws only when nothing is known of any row. */
class Push {
  private readonly outcomes: (StockWriteOutcome | null)[]
  private readonly stale: Row[] = []
  private readonly notStocked: Row[] = []

  constructor(
    private readonly session: Session,
    writes: readonly StockWrite[],
    private readonly key: string
  ) {
    this.outcomes = writes.map(() => null)
  }

  private settle({ index }: Row, outcome: StockWriteOutcome): void {
    this.outcomes[index] = outcome
  }

  private take(row: Row, verdict: RowVerdict): void {
    switch (verdict.kind) {
      case "stale":
        this.stale.push(row)
        break
      case "not-stocked":
        this.notStocked.push(row)
        break
      case "failed":
        this.settle(row, { status: "failed", failure: verdict.failure })
    }
  }

  /** @returns what was not refused by name and is to be sent once more */
  private async round(rows: readonly Row[]): Promise<Row[]> {
    const round = await setQuantities(this.session, rows, this.key)
    if (round.kind === "accepted") {
      rows.forEach((row) => this.settle(row, { status: "accepted" }))
      return []
    }
    rows.forEach((row, index) => {
      const verdict = round.rows.get(index)
      if (verdict) {
        this.take(row, verdict)
      }
    })
    return rows.filter((_, index) => !round.rows.has(index))
  }

  async run(writes: readonly StockWrite[]): Promise<readonly StockWriteOutcome[]> {
    let rest = this.soundRows(writes)
    for (let round = 1; rest.length > 0 && round <= MOST_ROUNDS; round += 1) {
      try {
        rest = await this.round(rest)
      } catch (error) {
        if (round === 1 && !(error instanceof OutcomeUnknownError)) {
          throw error
        }
        rest.forEach((row) => this.settle(row, outcomeOf(error)))
        rest = []
      }
    }
    rest.forEach((row) => this.settle(row, { status: "failed", failure: LATER }))
    await this.activateAll()
    if (this.stale.length > 0) {
      const conflicts = await conflictsOf(this.session, this.stale)
      this.stale.forEach((row, index) => this.settle(row, conflicts[index] ?? { status: "conflict", observed: null }))
    }
    return this.outcomes.map((outcome) => outcome ?? { status: "unknown", message: "Shopify gave no result for it." })
  }

  private async activateAll(): Promise<void> {
    for (const [position, row] of this.notStocked.entries()) {
      this.settle(
        row,
        position < MOST_ACTIVATIONS
          ? await activate(this.session, row, this.key)
          : { status: "failed", failure: { ...LATER, message: "Its turn to be stocked at the location comes later." } }
      )
    }
  }

  /** What Shopify would refuse anyway is not sent, and of two writes to one place only the first. */
  private soundRows(writes: readonly StockWrite[]): Row[] {
    const seen = new Set<string>()
    return writes.flatMap((write, index) => {
      const pair = pairOf(write)
      const failure: HubFailure | null = seen.has(pair)
        ? { kind: "invalid-data", message: "Two listings write to the same item and location. Ignore one of them." }
        : findWriteMistake(write)
      seen.add(pair)
      if (failure) {
        this.settle({ write, index }, { status: "failed", failure })
        return []
      }
      return [{ write, index }]
    })
  }
}

/**
 * Sets absolute quantities, each compared with what Shopify is thought to show. All of a call or nothing of it: what Shopify
 * names is taken out, and the rest is sent once more.
 */
export const pushStock = async (
  session: Session,
  writes: readonly StockWrite[],
  key: string
): Promise<readonly StockWriteOutcome[]> => (writes.length === 0 ? [] : new Push(session, writes, key).run(writes))
