import { HubError } from "../../lib/errors"
import {
  isSameImage,
  planMapping,
  UNLINKED,
  type MappingAction,
  type MappingImage,
  type MappingSkip,
} from "../../modules/channel-mapping/core/plan-mapping"
import type { HubMappingSkip } from "../../types/http/mapping"
import type { ListingLinkState } from "../../types/states"
import { selectListingIds, type ListingFilter } from "../queries/load-listings"
import { query, type Sql } from "../sql"
import { applyMapping, type MappingChange } from "./apply-mapping"
import { suggestListings } from "./suggest-listings"
import { lockSubjects, MOST_IN_BATCH, type LockedSubject } from "./load-subjects"

export type { MappingAction as ListingAction } from "../../modules/channel-mapping/core/plan-mapping"

/** Which listings: these, or all that a filter finds. */
export type Selection = { readonly ids: readonly string[] } | { readonly filter: ListingFilter }

export interface ChangeReport {
  /** Null when nothing was stored: nothing had to change, or it was only asked what would. */
  readonly batchId: string | null
  readonly changed: readonly string[]
  readonly skipped: readonly HubMappingSkip[]
}

const MOST_NAMED = 20

const naming = (ids: readonly string[]): string =>
  `${ids.slice(0, MOST_NAMED).join(", ")}${ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : ""}`

/** Locks listings by id. Fails with `not-found`, naming them, when some are not there. */
async function lockExisting(transaction: Sql, ids: readonly string[]): Promise<LockedSubject[]> {
  const subjects = (await lockSubjects(transaction, ids)).filter((subject) => !subject.is_deleted)
  const found = new Set(subjects.map(({ id }) => id))
  const missing = [...new Set(ids)].filter((id) => !found.has(id))
  if (missing.length > 0) {
    throw new HubError({ kind: "not-found", message: `There is no listing ${naming(missing)}. Nothing was changed.` })
  }
  return subjects
}

/** Fails with `invalid-data`, naming them, when some variants are not there. */
export async function assertVariants(sql: Sql, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  const found = await query<{ id: string }>(
    sql,
    "SELECT id FROM product_variant WHERE id = ANY(:ids) AND deleted_at IS NULL",
    { ids: wanted }
  )
  const known = new Set(found.map(({ id }) => id))
  const missing = wanted.filter((id) => !known.has(id))
  if (missing.length > 0) {
    throw new HubError({
      kind: "invalid-data",
      message: `There is no variant ${naming(missing)}. Nothing was changed; choose one that exists.`,
    })
  }
}

const idsOf = (sql: Sql, selection: Selection): Promise<readonly string[]> =>
  "ids" in selection ? Promise.resolve(selection.ids) : selectListingIds(sql, selection.filter, MOST_IN_BATCH + 1)

async function lockSelection(transaction: Sql, selection: Selection): Promise<LockedSubject[]> {
  const ids = await idsOf(transaction, selection)
  if (ids.length > MOST_IN_BATCH) {
    throw new HubError({
      kind: "invalid-data",
      message: `More than ${MOST_IN_BATCH} listings match. Narrow the filter, for example to one channel, and go on in parts.`,
    })
  }
  return "ids" in selection
    ? lockExisting(transaction, ids)
    : (await lockSubjects(transaction, ids)).filter((subject) => !subject.is_deleted)
}

function countSkips(skips: readonly MappingSkip[]): HubMappingSkip[] {
  const counts = new Map<MappingSkip, number>()
  skips.forEach((reason) => counts.set(reason, (counts.get(reason) ?? 0) + 1))
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((left, right) => right.count - left.count)
}

/**
 * Does one thing to many listings, at most 10,000, as one batch in one transaction.
 *
 * @param options.isDryRun says what would happen and changes nothing
 */
export async function changeListings(
  sql: Sql,
  request: { readonly action: MappingAction; readonly selection: Selection; readonly requestedBy: string | null },
  options: { readonly isDryRun?: boolean } = {}
): Promise<ChangeReport> {
  const { action, selection, requestedBy } = request
  const connectionIds = new Set<string>()
  const report = await sql.transaction(async (transaction): Promise<ChangeReport> => {
    if (action.kind === "link") {
      await assertVariants(transaction, [action.variantId])
    }
    const changes: MappingChange[] = []
    const skips: MappingSkip[] = []
    for (const subject of await lockSelection(transaction, selection)) {
      const plan = planMapping(action, subject)
      if ("skip" in plan) {
        skips.push(plan.skip)
      } else {
        changes.push({ subject, after: plan.after })
        connectionIds.add(subject.connection_id)
      }
    }
    const { kind, ...values } = action
    const batchId =
      changes.length === 0 || options.isDryRun === true
        ? null
        : await applyMapping(
            transaction,
            { kind, scope: { ...values, ...scopeOf(selection) }, requestedBy, skippedCount: skips.length },
            changes
          )
    return { batchId, changed: changes.map(({ subject }) => subject.id), skipped: countSkips(skips) }
  })
  if (report.batchId !== null && (action.kind === "unlink" || action.kind === "reject")) {
    for (const connectionId of connectionIds) {
      await suggestListings(sql, connectionId)
    }
  }
  return report
}

const scopeOf = (selection: Selection): Record<string, unknown> =>
  "ids" in selection
    ? { selected: selection.ids.length }
    : {
        filter: Object.fromEntries(Object.entries(selection.filter).filter(([, value]) => value !== null)),
      }

/** What one listing sells. Fields that are left out stay as they are. */
export interface ListingEdit {
  readonly id: string
  /** Null unlinks. */
  readonly variant_id?: string | null | undefined
  readonly link_state?: ListingLinkState | undefined
  readonly pack_size?: number | undefined
}

function afterEdit(subject: LockedSubject, edit: ListingEdit): MappingImage {
  const setsVariant = edit.variant_id !== undefined && edit.variant_id !== subject.variant_id
  const variantId = edit.variant_id === undefined ? subject.variant_id : edit.variant_id
  const wanted =
    edit.link_state ?? (edit.variant_id === undefined ? subject.link_state : variantId === null ? "unlinked" : "linked")
  if (wanted === "linked" && variantId === null) {
    throw new HubError({ kind: "invalid-data", message: `Listing ${edit.id} cannot be linked without a variant_id.` })
  }
  return {
    ...subject,
    pack_size: edit.pack_size ?? subject.pack_size,
    variant_id: variantId,
    link_state: wanted,
    ...(setsVariant ? { link_evidence: "person", link_score: null } : {}),
    ...(wanted === "unlinked" ? UNLINKED : {}),
  }
}

/**
 * Edits listings one by one, each as it says, as one batch in one transaction: all of them or none. Unknown listings and
 * variants are named.
 */
export function editListings(
  sql: Sql,
  edits: readonly ListingEdit[],
  { requestedBy }: { readonly requestedBy: string | null }
): Promise<ChangeReport> {
  return sql.transaction(async (transaction) => {
    const byId = new Map(edits.map((edit) => [edit.id, edit]))
    const subjects = await lockExisting(transaction, [...byId.keys()])
    await assertVariants(
      transaction,
      edits.flatMap(({ variant_id: id }) => (typeof id === "string" ? [id] : []))
    )
    const changes = subjects.flatMap((subject) => {
      const edit = byId.get(subject.id)
      const after = edit ? afterEdit(subject, edit) : subject
      return isSameImage(subject, after) ? [] : [{ subject, after }]
    })
    if (changes.length === 0) {
      return { batchId: null, changed: subjects.map(({ id }) => id), skipped: [] }
    }
    const batchId = await applyMapping(
      transaction,
      { kind: "edit", scope: { selected: changes.length }, requestedBy, skippedCount: 0 },
      changes
    )
    return { batchId, changed: subjects.map(({ id }) => id), skipped: [] }
  })
}
