import type { FaultRow } from "../harness/fault-row"
import { killBeforePushRow } from "./01-kill-before-push"
import { killAfterPushRow } from "./02-kill-after-push"
import { databaseCrashRow } from "./04-database-crash"
import { unsafeCommitsRow } from "./05-unsafe-commits"
import { noAnswerRow } from "./14-no-answer"
import { stoppedWorkerRow } from "./29-stopped-worker"

/** Every row of the fault plan that is built, in the order of its numbers. */
export const FAULT_ROWS: readonly FaultRow[] = [
  killBeforePushRow,
  killAfterPushRow,
  databaseCrashRow,
  unsafeCommitsRow,
  noAnswerRow,
  stoppedWorkerRow,
]
