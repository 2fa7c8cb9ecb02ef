import { generateEntityId } from "@medusajs/framework/utils"
import { HubError } from "../../lib/errors"
import { DEFAULT_COMPANY_ID } from "../../types/ids"
import type { HubSavedView } from "../../types/http/mapping"
import { query, type Sql } from "../sql"

const PAGE = "listings"
const MOST_VIEWS = 50

/** The named filters of one person, by name. */
export const loadSavedViews = (sql: Sql, userId: string): Promise<HubSavedView[]> =>
  query<HubSavedView>(
    sql,
    "SELECT id, name, filters FROM hub_saved_view WHERE user_id = :userId AND page = :page AND deleted_at IS NULL ORDER BY name, id",
    { userId, page: PAGE }
  )

const SAVE_SQL = `
  INSERT INTO hub_saved_view (id, company_id, user_id, page, name, filters)
  VALUES (:id, :companyId, :userId, :page, :name, CAST(:filters AS jsonb))
  ON CONFLICT (user_id, page, name) WHERE deleted_at IS NULL DO UPDATE SET filters = excluded.filters, updated_at = now()
  RETURNING id, name, filters`

/** Keeps filters under a name. The same name again replaces what it stood for. */
export async function saveView(
  sql: Sql,
  view: { readonly userId: string; readonly name: string; readonly filters: Readonly<Record<string, string>> }
): Promise<HubSavedView> {
  const known = await loadSavedViews(sql, view.userId)
  if (known.length >= MOST_VIEWS && !known.some(({ name }) => name === view.name)) {
    throw new HubError({ kind: "conflict", message: `There are ${MOST_VIEWS} saved views already. Remove one first.` })
  }
  const [saved] = await query<HubSavedView>(sql, SAVE_SQL, {
    id: generateEntityId(undefined, "hview"),
    companyId: DEFAULT_COMPANY_ID,
    userId: view.userId,
    page: PAGE,
    name: view.name,
    filters: JSON.stringify(view.filters),
  })
  if (!saved) {
    throw new HubError({ kind: "bug", message: `The view ${view.name} was not stored.` })
  }
  return saved
}

/** Removes a view of this person. Fails with `not-found` for anybody else's. */
export async function removeView(sql: Sql, userId: string, id: string): Promise<void> {
  const removed = await query(
    sql,
    "UPDATE hub_saved_view SET deleted_at = now() WHERE id = :id AND user_id = :userId AND deleted_at IS NULL RETURNING id",
    { id, userId }
  )
  if (removed.length === 0) {
    throw new HubError({ kind: "not-found", message: `You have no saved view ${id}.` })
  }
}
