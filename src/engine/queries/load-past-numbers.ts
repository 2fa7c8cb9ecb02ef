import { HubError } from "../../lib/errors"
import { compareInputs, decodeExplanation, type InputChange } from "../../lib/quantity"
import type { HubNumberCause, HubPastNumber, HubPastNumbersResponse } from "../../types/http/mapping"
import { query, type Sql } from "../sql"
import { findCulprits, type Culprits, type Question } from "./find-culprits"

interface Row {
  readonly id: string
  readonly quantity: number
  readonly inputs: unknown
  readonly outcome: string | null
  readonly caused_at: string
  readonly computed_at: string
  readonly settled_at: string | null
  /** With all digits of the database's clock. */
  readonly computed_text: string
}

const SQL = `
  SELECT x.id, x.quantity, x.inputs, x.outcome, x.caused_at, x.computed_at, x.settled_at, x.computed_at::text AS computed_text
  FROM hub_explanation x
  WHERE x.listing_id = :listingId AND x.external_location_id = :location
    AND (CAST(:before AS timestamptz) IS NULL OR (x.computed_at, x.id) < (CAST(:before AS timestamptz), :beforeId))
  ORDER BY x.computed_at DESC, x.id DESC LIMIT :limit`

export interface PastNumbersFilter {
  readonly listingId: string
  readonly externalLocationId: string
  readonly cursor: string | null
  readonly limit: number
}

function fromCursor(cursor: string | null): { before: string | null; beforeId: string | null } {
  const [before, beforeId] = (cursor ?? "").split("|")
  if (cursor !== null && (!before || !beforeId || Number.isNaN(Date.parse(before)))) {
    throw new HubError({
      kind: "invalid-data",
      message: "cursor: it is none of ours. Pass the next_cursor of the page before.",
    })
  }
  return { before: before || null, beforeId: beforeId || null }
}

/** What is another in a number than in the one before it; null where one of the two cannot be read. */
function changesOf(row: Row, before: Row): InputChange[] | null {
  const [was, is] = [decodeExplanation(before.inputs), decodeExplanation(row.inputs)]
  return was.ok && is.ok ? compareInputs(was.value, is.value) : null
}

const isLess = (change: InputChange): boolean => Number(change.to ?? 0) < Number(change.from ?? 0)

function codeOf(change: InputChange, all: readonly InputChange[]): HubNumberCause["code"] {
  switch (change.code) {
    case "reserved":
      return isLess(change) ? "released" : "sale"
    case "stocked": {
      // What leaves the shelf for an order takes its reservation along.
      const reserved = all.find(
        ({ code, itemId, locationId }) =>
          code === "reserved" && itemId === change.itemId && locationId === change.locationId
      )
      return isLess(change) && reserved !== undefined && isLess(reserved) ? "fulfilled" : "edited"
    }
    case "pack":
      return "mapping"
    case "required":
      return "component"
    default:
      return change.code
  }
}

/** The other half of a fulfilment says the same once more. */
const isEcho = (change: InputChange, codes: readonly HubNumberCause["code"][], all: readonly InputChange[]): boolean =>
  change.code === "reserved" &&
  all.some(
    (other, index) =>
      codes[index] === "fulfilled" && other.itemId === change.itemId && other.locationId === change.locationId
  )

function causesOf(numberId: string, changes: readonly InputChange[], culprits: Culprits): HubNumberCause[] {
  const codes = changes.map((change) => codeOf(change, changes))
  return changes.flatMap((change, index) => {
    const code = codes[index]
    if (code === undefined || isEcho(change, codes, changes)) {
      return []
    }
    const base = {
      code,
      item: culprits.nameOf(change.itemId),
      location: culprits.nameOf(change.locationId),
      field: change.code === "pack" ? "pack_size" : change.field,
      from: change.from,
      to: change.to,
    }
    const found = culprits.of({ numberId, code, itemId: change.itemId, locationId: change.locationId })
    return found.map((culprit) => ({ ...base, ...culprit }))
  })
}

/** The numbers that a listing was given at one external location, newest first, each with what changed since the one before. */
export async function loadPastNumbers(sql: Sql, filter: PastNumbersFilter): Promise<HubPastNumbersResponse> {
  const { listingId, externalLocationId: location, limit } = filter
  const known = await query(sql, "SELECT 1 FROM hub_listing WHERE id = :listingId AND deleted_at IS NULL", {
    listingId,
  })
  if (known.length === 0) {
    throw new HubError({ kind: "not-found", message: `There is no listing ${listingId}.` })
  }
  // One more than the page: the number before the last of it says what changed in the last.
  const rows = await query<Row>(sql, SQL, { listingId, location, ...fromCursor(filter.cursor), limit: limit + 1 })
  const pairs = rows.slice(0, limit).map((row, index) => {
    const before = rows[index + 1]
    return { row, before, changes: before ? changesOf(row, before) : null }
  })
  const questions: Question[] = pairs.flatMap(({ row, before, changes }) =>
    before && changes ? [{ numberId: row.id, since: before.computed_text, until: row.computed_text, changes }] : []
  )
  const culprits = await findCulprits(sql, listingId, questions)
  const numbers = pairs.map(({ row, changes }): HubPastNumber => {
    const { inputs: _inputs, computed_text: _text, ...number } = row
    return { ...number, causes: changes === null ? null : causesOf(row.id, changes, culprits) }
  })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { numbers, next_cursor: last ? `${last.computed_text}|${last.id}` : null }
}
