import type { EngineOptions } from "../../../src/types/options"
import { z } from "@medusajs/framework/zod"

/** What an engine worker of the tests is told, as JSON in `HUB_FAULT_WORKER`. */
export const workerSettingsSchema = z.object({
  name: z.string(),
  databaseUrl: z.string(),
  keys: z.string(),
  /** Folder of the code that it runs: this repository, or an older version of it. */
  source: z.string(),
  engine: z.custom<EngineOptions>(),
  /** How often it sweeps; null leaves the sweep out. */
  sweepEveryMs: z.number().nullable(),
  /** A bug that is planted on purpose, by its name in `planted-bugs.ts`. */
  plantedBug: z.string().nullable(),
  /** How far its own clock is off. */
  clockOffsetMs: z.number(),
})

export type WorkerSettings = z.infer<typeof workerSettingsSchema>

export const WORKER_VARIABLE = "HUB_FAULT_WORKER"
