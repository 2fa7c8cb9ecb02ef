import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { forgetStockEdits, noteStockEdits } from "../../engine/stock-edits"
import { editedPlaces } from "../../lib/stock-edit"

/** Medusa's own routes that change what is in stock. */
export const STOCK_ROUTES = [
  "/admin/inventory-items/location-levels/batch",
  "/admin/inventory-items/:id/location-levels",
  "/admin/inventory-items/:id/location-levels/:location_id",
] as const

const isAuthenticated = (req: MedusaRequest): req is AuthenticatedMedusaRequest => "auth_context" in req

/**
 * Notes who edits a stock level, because Medusa does not; "why does it show 7" is answered with a name. The note is made
 * before the edit, so that it is there when the new number is computed, and taken back when the edit is refused. An edit
 * never fails over its note.
 */
export async function noteStockEdit(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const actor = isAuthenticated(req) ? req.auth_context.actor_id : ""
  const places = editedPlaces({ params: req.params, body: req.body })
  if (actor === "" || places.length === 0) {
    next()
    return
  }
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
  const warn = (error: unknown): void =>
    logger.warn(
      `hub: who edited a stock level was not noted: ${error instanceof Error ? error.message : String(error)}`
    )
  try {
    const notes = await noteStockEdits(sql, places, actor)
    res.once("finish", () => {
      if (res.statusCode >= 400) {
        forgetStockEdits(sql, notes).catch(warn)
      }
    })
  } catch (error) {
    warn(error)
  }
  next()
}
