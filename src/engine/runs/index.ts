import type { RunKind } from "../../types/states"
import { importListingsRun } from "./import-run"
import { reconcileRun } from "./reconcile-run"
import { replayRun } from "./replay-run"
import { restoreSnapshotRun } from "./restore-run"
import type { RunKindDefinition } from "./run-kind"
import { goLiveRun, takeSnapshotRun } from "./snapshot-run"
import { sweepRun } from "./sweep-run"
import { zeroQuantitiesRun } from "./zero-run"
import { retryFailedRun, syncAllRun, syncSingleRun } from "./sync-run"

/** Every kind of run. */
export const RUNS: Readonly<Record<RunKind, RunKindDefinition>> = {
  "import-listings": importListingsRun,
  "take-snapshot": takeSnapshotRun,
  "go-live": goLiveRun,
  "sync-all": syncAllRun,
  "sync-single": syncSingleRun,
  "retry-failed": retryFailedRun,
  reconcile: reconcileRun,
  sweep: sweepRun,
  "restore-snapshot": restoreSnapshotRun,
  "zero-quantities": zeroQuantitiesRun,
  "replay-messages": replayRun,
}
