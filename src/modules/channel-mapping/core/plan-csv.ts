import type { HubCsvDifference, HubCsvProblem } from "../../../types/http/mapping"
import type { ListingLinkState } from "../../../types/states"

/** The columns of a mapping file, in their order. */
export const CSV_COLUMNS = [
  "listing_id",
  "channel",
  "external_id",
  "external_sku",
  "external_barcode",
  "title",
  "link_state",
  "variant_sku",
  "variant_id",
  "pack_size",
] as const

export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** A listing as a file shows it. */
export interface CsvListing {
  readonly id: string
  readonly connection_id: string
  readonly channel: string
  readonly external_id: string
  readonly external_sku: string | null
  readonly external_barcode: string | null
  readonly title: string
  readonly link_state: ListingLinkState
  readonly variant_id: string | null
  readonly variant_sku: string | null
  readonly pack_size: number
}

/** A variant is named by its SKU. Only one that has none is named by its id. */
export const toCells = (listing: CsvListing): Record<CsvColumn, string> => ({
  listing_id: listing.id,
  channel: listing.channel,
  external_id: listing.external_id,
  external_sku: listing.external_sku ?? "",
  external_barcode: listing.external_barcode ?? "",
  title: listing.title,
  link_state: listing.link_state,
  variant_sku: listing.variant_sku ?? "",
  variant_id: listing.variant_sku === null ? (listing.variant_id ?? "") : "",
  pack_size: String(listing.pack_size),
})

export interface CsvRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** What the shop knows about the things that a file names. */
export interface CsvKnowledge {
  readonly listings: ReadonlyMap<string, CsvListing>
  /** By {@link externalKey}. */
  readonly byExternalId: ReadonlyMap<string, CsvListing>
  /** Ids of connections by name. */
  readonly channels: ReadonlyMap<string, string>
  readonly variantsBySku: ReadonlyMap<string, string>
  readonly variantIds: ReadonlySet<string>
}

export const externalKey = (connectionId: string, externalId: string): string => `${connectionId}\n${externalId}`

export interface PlannedEdit {
  readonly id: string
  readonly variant_id: string | null
  readonly link_state: ListingLinkState
  readonly pack_size: number
}

export interface PlannedListing {
  readonly connectionId: string
  readonly externalId: string
  readonly externalSku: string | null
  readonly externalBarcode: string | null
  readonly title: string
  readonly variantId: string | null
  readonly linkState: ListingLinkState
  readonly packSize: number
}

export interface CsvPlan {
  readonly edits: readonly PlannedEdit[]
  readonly creations: readonly PlannedListing[]
  readonly differences: readonly HubCsvDifference[]
  readonly problems: readonly HubCsvProblem[]
  readonly unchangedCount: number
}

const LINK_STATES: readonly string[] = ["linked", "unlinked", "ignored"] satisfies readonly ListingLinkState[]
const isLinkState = (text: string): text is ListingLinkState => LINK_STATES.includes(text)

const MOST_IN_PACK = 1_000_000

class RowReader {
  readonly problems: HubCsvProblem[] = []

  constructor(private readonly row: CsvRow) {}

  /** Null where the file has no such column: what is not there is not changed. */
  cell(column: CsvColumn): string | null {
    return this.row.cells[column] ?? null
  }

  refuse(column: CsvColumn | null, message: string, fix: string): void {
    this.problems.push({ line: this.row.line, column, message, fix })
  }
}

function findListing(
  reader: RowReader,
  known: CsvKnowledge
): { listing: CsvListing | null; connectionId: string | null } {
  const id = reader.cell("listing_id") ?? ""
  const byId = id === "" ? undefined : known.listings.get(id)
  if (byId) {
    return { listing: byId, connectionId: byId.connection_id }
  }
  const channel = reader.cell("channel") ?? ""
  const connectionId = known.channels.get(channel) ?? null
  const externalId = reader.cell("external_id") ?? ""
  if (connectionId === null) {
    const what = channel === "" ? `There is no listing ${id}` : `There is no channel "${channel}"`
    reader.refuse(
      channel === "" ? "listing_id" : "channel",
      `${what}.`,
      "Write the channel's name as the hub shows it."
    )
  } else if (externalId === "") {
    reader.refuse("external_id", "The row names no listing.", "Fill in the channel's own id of the listing.")
  }
  const listing = connectionId === null ? null : (known.byExternalId.get(externalKey(connectionId, externalId)) ?? null)
  return { listing, connectionId }
}

function readVariant(reader: RowReader, known: CsvKnowledge, before: string | null): string | null {
  const sku = reader.cell("variant_sku")
  const id = reader.cell("variant_id")
  if (sku !== null && sku !== "") {
    const found = known.variantsBySku.get(sku)
    if (found === undefined) {
      reader.refuse(
        "variant_sku",
        `There is no variant with the SKU "${sku}".`,
        "Correct the SKU, or create the variant first."
      )
    }
    return found ?? null
  }
  if (id !== null && id !== "") {
    if (!known.variantIds.has(id)) {
      reader.refuse("variant_id", `There is no variant ${id}.`, "Correct the id, or name the variant by its SKU.")
    }
    return id
  }
  return sku === null && id === null ? before : null
}

function readPack(reader: RowReader, before: number): number {
  const text = reader.cell("pack_size") ?? ""
  if (text === "") {
    return before
  }
  const size = Number(text)
  if (!/^\d+$/.test(text) || size < 1 || size > MOST_IN_PACK) {
    reader.refuse("pack_size", `"${text}" is no pack size.`, `Write a whole number from 1 to ${MOST_IN_PACK}.`)
  }
  return size
}

interface LinkBefore {
  readonly linkState: ListingLinkState
  readonly variantId: string | null
}

/**
 * A file has two cells that say whether a listing is linked: its state and its variant. The one that was edited counts; where
 * both were and they disagree, nobody can tell what is meant.
 */
function readLink(reader: RowReader, variantId: string | null, before: LinkBefore): ListingLinkState {
  const text = (reader.cell("link_state") ?? "").toLowerCase()
  if (text !== "" && !isLinkState(text)) {
    reader.refuse("link_state", `"${text}" is no link state.`, "Write linked, unlinked or ignored.")
    return before.linkState
  }
  const wanted = text === "" ? before.linkState : text
  if (wanted === "ignored" || (wanted === "linked") === (variantId !== null)) {
    return wanted
  }
  if (wanted === before.linkState) {
    return variantId === null ? "unlinked" : "linked"
  }
  if (wanted === "unlinked" && variantId === before.variantId) {
    return "unlinked"
  }
  reader.refuse(
    "link_state",
    wanted === "linked" ? "The row is linked but names no variant." : "The row is unlinked but names a variant.",
    wanted === "linked" ? "Fill in variant_sku, or write unlinked." : "Empty variant_sku, or write linked."
  )
  return wanted
}

const changesBetween = (
  before: Record<CsvColumn, string>,
  after: Partial<Record<CsvColumn, string>>
): HubCsvDifference["changes"] =>
  CSV_COLUMNS.flatMap((column) => {
    const now = after[column]
    return now === undefined || now === before[column] ? [] : [{ column, before: before[column], after: now }]
  })

const EMPTY_CELLS = Object.fromEntries(CSV_COLUMNS.map((column) => [column, ""])) as Record<CsvColumn, string>

/** Decides what each row of a file would change. Pure; a bad row is a problem and stops no other. */
export function planCsv(rows: readonly CsvRow[], known: CsvKnowledge): CsvPlan {
  const plan = {
    edits: [] as PlannedEdit[],
    creations: [] as PlannedListing[],
    differences: [] as HubCsvDifference[],
    problems: [] as HubCsvProblem[],
    unchangedCount: 0,
  }
  const skuOf = new Map([...known.variantsBySku].map(([sku, id]) => [id, sku]))
  const seen = new Map<string, number>()
  for (const row of rows) {
    const reader = new RowReader(row)
    const { listing, connectionId } = findListing(reader, known)
    const before = { linkState: listing?.link_state ?? "unlinked", variantId: listing?.variant_id ?? null } as const
    const variant = readVariant(reader, known, before.variantId)
    const packSize = readPack(reader, listing?.pack_size ?? 1)
    const linkState = reader.problems.length > 0 ? before.linkState : readLink(reader, variant, before)
    const variantId = linkState === "unlinked" ? null : variant
    const key = listing?.id ?? externalKey(connectionId ?? "", reader.cell("external_id") ?? "")
    const earlier = seen.get(key)
    if (earlier !== undefined && reader.problems.length === 0) {
      reader.refuse(null, `Line ${earlier} is the same listing.`, "Keep one of the two rows.")
    }
    if (reader.problems.length > 0 || connectionId === null) {
      plan.problems.push(...reader.problems)
      continue
    }
    seen.set(key, row.line)
    const cells = {
      link_state: linkState,
      variant_sku: variantId === null ? "" : (skuOf.get(variantId) ?? ""),
      variant_id: variantId === null || skuOf.has(variantId) ? "" : variantId,
      pack_size: String(packSize),
    }
    const externalId = listing?.external_id ?? reader.cell("external_id") ?? ""
    const externalSku = listing === null ? reader.cell("external_sku") || null : listing.external_sku
    if (listing) {
      const changes = changesBetween(toCells(listing), cells)
      if (changes.length === 0) {
        plan.unchangedCount += 1
        continue
      }
      plan.edits.push({ id: listing.id, variant_id: variantId, link_state: linkState, pack_size: packSize })
      plan.differences.push({
        line: row.line,
        listing_id: listing.id,
        external_id: externalId,
        external_sku: externalSku,
        kind: "changed",
        changes,
      })
      continue
    }
    plan.creations.push({
      connectionId,
      externalId,
      externalSku,
      externalBarcode: reader.cell("external_barcode") || null,
      title: reader.cell("title") || (externalSku ?? externalId),
      variantId,
      linkState,
      packSize,
    })
    plan.differences.push({
      line: row.line,
      listing_id: null,
      external_id: externalId,
      external_sku: externalSku,
      kind: "new",
      changes: changesBetween(EMPTY_CELLS, cells),
    })
  }
  return plan
}
