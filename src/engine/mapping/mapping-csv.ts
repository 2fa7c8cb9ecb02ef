import { generateEntityId } from "@medusajs/framework/utils"
import { BYTE_ORDER_MARK, readCsv, writeCsvRow, type CsvDelimiter, type CsvTable } from "../../formats/csv"
import { HubError } from "../../lib/errors"
import {
  CSV_COLUMNS,
  externalKey,
  planCsv,
  toCells,
  type CsvKnowledge,
  type CsvListing,
  type CsvPlan,
  type PlannedListing,
} from "../../modules/channel-mapping/core/plan-csv"
import { UNLINKED } from "../../modules/channel-mapping/core/plan-mapping"
import type { HubCsvPreview } from "../../types/http/mapping"
import { conditionsOf, type ListingFilter } from "../queries/listing-filter"
import { query, toStorableJson, type Sql } from "../sql"
import { applyMapping, type MappingChange } from "./apply-mapping"
import { lockSubjects, MOST_IN_BATCH } from "./load-subjects"

const PAGE = 2_000
/** Differences and problems that are told one by one. */
const MOST_TOLD = 200

const COLUMNS = `
  SELECT l.id, l.connection_id, c.name AS channel, l.external_id, l.external_sku, l.external_barcode, l.title, l.link_state,
    l.variant_id, v.sku AS variant_sku, l.pack_size
  FROM hub_listing l JOIN hub_connection c ON c.id = l.connection_id
  LEFT JOIN product_variant v ON v.id = l.variant_id AND v.deleted_at IS NULL`

/** A mapping file in pieces, one row for each listing that the filter finds, in an order that never changes. */
export async function* exportMappingCsv(
  sql: Sql,
  filter: ListingFilter,
  delimiter: CsvDelimiter
): AsyncGenerator<string> {
  const { conditions, bindings, needsState } = conditionsOf(filter)
  const state = needsState
    ? `l.id IN (SELECT l.id FROM hub_listing l JOIN hub_listing_state s ON s.listing_id = l.id AND s.deleted_at IS NULL WHERE ${conditions.join(" AND ")})`
    : conditions.join(" AND ")
  yield BYTE_ORDER_MARK + writeCsvRow(CSV_COLUMNS, delimiter)
  let after: string | null = ""
  while (after !== null) {
    const page: CsvListing[] = await query(
      sql,
      `${COLUMNS} WHERE l.id > :after AND ${state} ORDER BY l.id LIMIT ${PAGE}`,
      {
        ...bindings,
        after,
      }
    )
    yield page
      .map((listing) => {
        const cells = toCells(listing)
        return writeCsvRow(
          CSV_COLUMNS.map((column) => cells[column]),
          delimiter
        )
      })
      .join("")
    after = page.length === PAGE ? (page.at(-1)?.id ?? null) : null
  }
}

const distinct = (table: CsvTable, column: string): string[] => [
  ...new Set(table.records.map(({ cells }) => cells[column] ?? "").filter((cell) => cell !== "")),
]

async function loadKnowledge(sql: Sql, table: CsvTable): Promise<CsvKnowledge> {
  const listings = await query<CsvListing>(
    sql,
    `${COLUMNS} WHERE l.deleted_at IS NULL AND (l.id = ANY(:ids) OR l.external_id = ANY(:externalIds))`,
    { ids: distinct(table, "listing_id"), externalIds: distinct(table, "external_id") }
  )
  const channels = await query<{ id: string; name: string }>(
    sql,
    "SELECT id, name FROM hub_connection WHERE deleted_at IS NULL"
  )
  const variants = await query<{ id: string; sku: string | null }>(
    sql,
    "SELECT id, sku FROM product_variant WHERE deleted_at IS NULL AND (sku = ANY(:skus) OR id = ANY(:ids))",
    { skus: distinct(table, "variant_sku"), ids: distinct(table, "variant_id") }
  )
  return {
    listings: new Map(listings.map((listing) => [listing.id, listing])),
    byExternalId: new Map(
      listings.map((listing) => [externalKey(listing.connection_id, listing.external_id), listing])
    ),
    channels: new Map(channels.map(({ id, name }) => [name, id])),
    variantsBySku: new Map(variants.flatMap(({ id, sku }) => (sku === null ? [] : [[sku, id] as const]))),
    variantIds: new Set(variants.map(({ id }) => id)),
  }
}

function readTable(text: string): CsvTable {
  const table = readCsv(text)
  const missing = ["external_id", "listing_id"].every((column) => !table.columns.includes(column))
  if (missing) {
    throw new HubError({
      kind: "invalid-data",
      message: `Line 1 has no column listing_id or external_id. Begin with an export; its columns are ${CSV_COLUMNS.join(", ")}.`,
    })
  }
  if (table.records.length > MOST_IN_BATCH) {
    throw new HubError({
      kind: "invalid-data",
      message: `The file has ${table.records.length} rows; ${MOST_IN_BATCH} can be taken at once. Split it.`,
    })
  }
  return table
}

function toPreview(table: CsvTable, plan: CsvPlan): HubCsvPreview {
  const faults = table.faults.map(({ line, message }) => ({
    line,
    column: null,
    message,
    fix: "Check the quotes and the number of cells of this row.",
  }))
  const problems = [...faults, ...plan.problems].sort((left, right) => left.line - right.line)
  return {
    row_count: table.records.length + table.faults.length,
    changed_count: plan.edits.length,
    new_count: plan.creations.length,
    unchanged_count: plan.unchangedCount,
    bad_count: new Set(problems.map(({ line }) => line)).size,
    differences: plan.differences.slice(0, MOST_TOLD),
    problems: problems.slice(0, MOST_TOLD),
  }
}

/** Says what a file would change, and what in it cannot be taken. Changes nothing. */
export async function previewMappingCsv(sql: Sql, text: string): Promise<HubCsvPreview> {
  const table = readTable(text)
  return toPreview(table, planCsv(table.records, await loadKnowledge(sql, table)))
}

/** Born deleted, as a listing that is created by hand is: see `create-listing.ts`. */
const INSERT_SQL = `
  INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, external_barcode, title, pack_size, link_state, deleted_at)
  SELECT n.id, c.company_id, c.id, n."externalId", n."externalSku", n."externalBarcode", n.title, 1, 'unlinked', now()
  FROM jsonb_to_recordset(CAST(:listings AS jsonb)) AS n(id text, "connectionId" text, "externalId" text, "externalSku" text,
    "externalBarcode" text, title text)
  JOIN hub_connection c ON c.id = n."connectionId"`

async function prepareCreations(
  transaction: Sql,
  creations: readonly PlannedListing[]
): Promise<Map<string, PlannedListing>> {
  const byId = new Map(creations.map((creation) => [generateEntityId(undefined, "hlst"), creation]))
  if (byId.size > 0) {
    const listings = [...byId].map(([id, creation]) => ({ id, ...creation }))
    await query(transaction, INSERT_SQL, { listings: toStorableJson(listings) })
  }
  return byId
}

export interface CsvImport {
  readonly text: string
  /** For the list of batches. */
  readonly fileName: string | null
  /** Nothing is changed when anything in the file is wrong. */
  readonly allOrNothing: boolean
  readonly requestedBy: string | null
}

/**
 * Makes listings what a file says, as one batch. What the file had wrong is left out, unless all or nothing was asked for.
 *
 * @returns what the file was found to change, and the id of the batch; null when there was nothing to change
 */
export function importMappingCsv(
  sql: Sql,
  { text, fileName, allOrNothing, requestedBy }: CsvImport
): Promise<{ preview: HubCsvPreview; batchId: string | null }> {
  const table = readTable(text)
  return sql.transaction(async (transaction) => {
    const plan = planCsv(table.records, await loadKnowledge(transaction, table))
    const preview = toPreview(table, plan)
    const isRefused = allOrNothing && preview.bad_count > 0
    if (isRefused || plan.edits.length + plan.creations.length === 0) {
      return { preview, batchId: null }
    }
    const creations = await prepareCreations(transaction, plan.creations)
    const edits = new Map(plan.edits.map((edit) => [edit.id, edit]))
    const changes: MappingChange[] = []
    for (const subject of await lockSubjects(transaction, [...edits.keys(), ...creations.keys()])) {
      const edit = edits.get(subject.id)
      const creation = creations.get(subject.id)
      const wanted = edit
        ? { variant_id: edit.variant_id, link_state: edit.link_state, pack_size: edit.pack_size }
        : creation && { variant_id: creation.variantId, link_state: creation.linkState, pack_size: creation.packSize }
      if (wanted) {
        const isOther = wanted.variant_id !== subject.variant_id
        const evidence = isOther ? { link_evidence: "csv", link_score: null } : {}
        const unlinked = wanted.link_state === "unlinked" && !creation ? UNLINKED : {}
        changes.push({ subject, after: { ...subject, ...wanted, ...evidence, ...unlinked, is_deleted: false } })
      }
    }
    const scope = { file_name: fileName, row_count: preview.row_count, new_count: preview.new_count }
    const draft = { kind: "csv", scope, requestedBy, skippedCount: preview.bad_count } as const
    return { preview, batchId: await applyMapping(transaction, draft, changes) }
  })
}
