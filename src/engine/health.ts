import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type HubSyncService from "../modules/sync/service"
import { HubModules } from "../types/modules"
import { integrationConfig } from "./connections"
import { DOCTOR_CHECKS } from "./doctor/checks"
import { runDoctor, type DoctorReport } from "./doctor/run-doctor"

/** Whoever asks for health waits no longer than three seconds, also when the database is at its limit. */
const LIMITS = { deadlineMs: 2_400, statementMs: 800, atOnce: 4 }

/** How the hub stands, from the checks that read no whole table. `hub doctor` asks all of them. */
export function loadHealth(container: MedusaContainer): Promise<DoctorReport> {
  return runDoctor(
    DOCTOR_CHECKS.filter(({ cost }) => cost === "quick"),
    {
      sql: container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
      ring: integrationConfig(container).keyRing,
      wantsCapture: container.resolve<HubSyncService>(HubModules.SYNC).wantsCapture,
      processNow: () => Date.now(),
    },
    LIMITS
  )
}
