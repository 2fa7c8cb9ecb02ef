import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type HubSyncService from "../modules/sync/service"
import { HubModules } from "../types/modules"
import { markConnection, markRecentlyUpdatedLevels } from "./mark"
import { query, type Sql } from "./sql"
import { claimTick } from "./ticks"
import { wakeEngine } from "./wake"

/** Sweeps look back this much further than the last one, because transactions commit later than they stamp their rows. */
const OVERLAP_SECONDS = 60
/** Every so often everything is computed anew, also what nobody stamped. */
const FULL_PASS_SECONDS = 3_600

/** What a sweep should look at, given the last ones. Pure. Seconds of the database's clock. */
export function planSweep(
  last: { readonly sweptAt: number; readonly fullPassAt: number } | null,
  now: number
): { readonly kind: "full" } | { readonly kind: "recent"; readonly withinSeconds: number } {
  if (!last || now - last.fullPassAt >= FULL_PASS_SECONDS) {
    return { kind: "full" }
  }
  return { kind: "recent", withinSeconds: Math.ceil(now - last.sweptAt) + OVERLAP_SECONDS }
}

const SWEEP_WINDOW_SECONDS = 60

/** A sweep, unless another process has done that of this minute. */
export async function sweepOncePerWindow(container: MedusaContainer): Promise<void> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  if (await claimTick(sql, "sweep-hub-stock", SWEEP_WINDOW_SECONDS)) {
    await sweep(container)
  }
}

/**
 * Finds changes that neither the trigger nor an event told us of. The first sweep of a process looks at everything, because
 * nobody knows what happened while it was down. A row that turns out right already costs no call.
 *
 * @returns how many listing states were marked
 */
export async function sweep(container: MedusaContainer): Promise<number> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const service = container.resolve<HubSyncService>(HubModules.SYNC)
  const [clock] = await query<{ now: number }>(sql, "SELECT extract(epoch FROM clock_timestamp())::float8 AS now")
  const now = clock?.now ?? 0
  const plan = planSweep(service.lastSweep, now)
  const marked =
    plan.kind === "full" ? await markAllListings(sql) : await markRecentlyUpdatedLevels(sql, plan.withinSeconds)
  service.lastSweep = { sweptAt: now, fullPassAt: plan.kind === "full" ? now : (service.lastSweep?.fullPassAt ?? now) }
  wakeEngine(container)
  return marked
}

async function markAllListings(sql: Sql): Promise<number> {
  const connections = await query<{ id: string }>(sql, "SELECT id FROM hub_connection WHERE deleted_at IS NULL")
  let marked = 0
  for (const { id } of connections) {
    marked += await markConnection(sql, id)
  }
  return marked
}
