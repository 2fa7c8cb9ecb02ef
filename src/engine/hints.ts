import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type HubSyncService from "../modules/sync/service"
import { readCaptureStatus } from "../modules/sync/capture/install-capture"
import { HubModules } from "../types/modules"
import { markConnection, markInventoryItems, markListings } from "./mark"
import { noteParcels } from "./parcels/note-parcels"
import { query, type Sql } from "./sql"
import { wakeEngine } from "./wake"

const sqlOf = (container: MedusaContainer): Sql => container.resolve(ContainerRegistrationKeys.PG_CONNECTION)

/** How long an answer about the trigger is good for, in milliseconds: an order of 50 lines sends 50 hints. */
const CAPTURE_ANSWER_MS = 10_000

async function isCapturing(container: MedusaContainer): Promise<boolean> {
  const service = container.resolve<HubSyncService>(HubModules.SYNC)
  if (!service.captureAnswer || performance.now() - service.captureAnswer.at > CAPTURE_ANSWER_MS) {
    const isInstalled = (await readCaptureStatus(sqlOf(container))) === "installed"
    service.captureAnswer = { isInstalled, at: performance.now() }
  }
  return service.captureAnswer.isInstalled
}

/**
 * Medusa says that inventory levels changed. With the capture trigger that is no news but a reason to look at once;
 * without it, it is what tells us. Medusa's bus may lose events, so nothing relies on it: the sweep finds the rest.
 */
export async function hintInventoryLevels(container: MedusaContainer, levelIds: readonly string[]): Promise<void> {
  if (!(await isCapturing(container))) {
    const sql = sqlOf(container)
    const rows = await query<{ inventory_item_id: string }>(
      sql,
      "SELECT DISTINCT inventory_item_id FROM inventory_level WHERE id = ANY(:levelIds)",
      { levelIds }
    )
    await markInventoryItems(
      sql,
      rows.map((row) => row.inventory_item_id)
    )
  }
  wakeEngine(container)
}

/** Variants changed in a way that the trigger cannot see: backorders, managed inventory, or what a kit is made of. */
export async function hintVariants(container: MedusaContainer, variantIds: readonly string[]): Promise<void> {
  await markListings(sqlOf(container), { variantIds })
  wakeEngine(container)
}

/** Link rows between variants and inventory items came or went: what a kit is made of has changed. */
export async function hintKits(container: MedusaContainer, linkIds: readonly string[]): Promise<void> {
  const rows = await query<{ variant_id: string }>(
    sqlOf(container),
    "SELECT DISTINCT variant_id FROM product_variant_inventory_item WHERE id = ANY(:linkIds)",
    { linkIds }
  )
  await hintVariants(
    container,
    rows.map((row) => row.variant_id)
  )
}

/** A stock location is gone or back. Its levels stay in Medusa's tables and no level event is sent. */
export async function hintStockLocations(container: MedusaContainer, locationIds: readonly string[]): Promise<void> {
  const sql = sqlOf(container)
  const rows = await query<{ connection_id: string }>(
    sql,
    "SELECT DISTINCT connection_id FROM hub_location_mapping WHERE stock_location_id = ANY(:locationIds) AND deleted_at IS NULL",
    { locationIds }
  )
  for (const { connection_id: connectionId } of rows) {
    await markConnection(sql, connectionId)
  }
  wakeEngine(container)
}

/** Something was packed or sent in Medusa: a channel may have to hear of it. */
export async function hintFulfilment(container: MedusaContainer, fulfilmentId: string): Promise<void> {
  if ((await noteParcels(sqlOf(container), fulfilmentId)) > 0) {
    wakeEngine(container)
  }
}
