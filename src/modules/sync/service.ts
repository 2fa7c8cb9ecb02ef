import { MedusaService } from "@medusajs/framework/utils"
import { DEFAULT_ENGINE_OPTIONS, type EngineOptions, type HubOptions } from "../../types/options"
import { HubCursor } from "./models/hub-cursor"
import { HubDelivery } from "./models/hub-delivery"
import { HubExchange } from "./models/hub-exchange"
import { HubExplanation } from "./models/hub-explanation"
import { HubInboxEvent } from "./models/hub-inbox-event"
import { HubIssue } from "./models/hub-issue"
import { HubLane } from "./models/hub-lane"
import { HubListingState } from "./models/hub-listing-state"
import { HubRateBucket } from "./models/hub-rate-bucket"
import { HubRun } from "./models/hub-run"
import { HubRunItem } from "./models/hub-run-item"
import { HubSnapshot } from "./models/hub-snapshot"
import { HubSnapshotItem } from "./models/hub-snapshot-item"
import { HubTick } from "./models/hub-tick"
import { HubWorker } from "./models/hub-worker"

/** The engine of this process, as far as the module has to know it. */
export interface RunningEngine {
  wake(): void
  stop(): Promise<void>
}

/** The way out of this process to all channels, as far as the module has to know it. */
export interface RunningOutbound {
  stop(): Promise<void>
}

/** The way into this process for messages of channels, as far as the module has to know it. */
export interface RunningIntake {
  stop(): Promise<void>
}

/** What happened and what is still to do: listing states, explanations, inbox, runs, issues. */
export default class HubSyncService extends MedusaService({
  HubListingState,
  HubExplanation,
  HubInboxEvent,
  HubRun,
  HubRunItem,
  HubIssue,
  HubLane,
  HubTick,
  HubWorker,
  HubCursor,
  HubSnapshot,
  HubSnapshotItem,
  HubRateBucket,
  HubExchange,
  HubDelivery,
}) {
  readonly engineOptions: EngineOptions
  /** Whether the shop wants the capture trigger. */
  readonly wantsCapture: boolean
  /** Set by the first tick of the job `hub-drain`; absent in processes that only serve requests. */
  engine: RunningEngine | null = null
  /** Made by the first call to a channel. */
  outbound: RunningOutbound | null = null
  /** Made by the first message of a channel. */
  intake: RunningIntake | null = null
  /** Whether the capture trigger was there when this process looked last; milliseconds since the process began. */
  captureAnswer: { readonly isInstalled: boolean; readonly at: number } | null = null
  /** When this process swept last, in seconds of the database's clock; null before its first sweep. */
  lastSweep: { readonly sweptAt: number; readonly fullPassAt: number } | null = null

  /** Medusa calls it before it closes connections, so that nothing is cut off in the middle of a batch. */
  readonly __hooks = {
    onApplicationPrepareShutdown: async (): Promise<void> => {
      await this.engine?.stop()
      this.engine = null
      await this.outbound?.stop()
      this.outbound = null
      await this.intake?.stop()
      this.intake = null
    },
  }

  constructor(_dependencies: Record<string, unknown>, options: HubOptions = {}) {
    // eslint-disable-next-line prefer-rest-params -- MedusaService takes the container as its arguments
    super(...arguments)
    this.wantsCapture = options.capture !== "events"
    this.engineOptions = { ...DEFAULT_ENGINE_OPTIONS, ...options.engine }
  }
}
