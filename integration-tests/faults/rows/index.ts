import type { FaultRow } from "../harness/fault-row"
import { killBeforePushRow } from "./01-kill-before-push"
import { killAfterPushRow } from "./02-kill-after-push"
import { killIntakeRow } from "./03-kill-intake"
import { databaseCrashRow } from "./04-database-crash"
import { unsafeCommitsRow } from "./05-unsafe-commits"
import { cutSessionsRow } from "./06-cut-sessions"
import { noSessionsLeftRow } from "./07-no-sessions-left"
import { oldTransactionRow } from "./08-old-transaction"
import { noAnswerRow } from "./14-no-answer"
import { stoppedWorkerRow } from "./29-stopped-worker"

/** Every row of the fault plan that is built, in the order of its numbers. */
export const FAULT_ROWS: readonly FaultRow[] = [
  killBeforePushRow,
  killAfterPushRow,
  killIntakeRow,
  databaseCrashRow,
  unsafeCommitsRow,
  cutSessionsRow,
  noSessionsLeftRow,
  oldTransactionRow,
  noAnswerRow,
  stoppedWorkerRow,
]
