import type { FaultRow } from "../harness/fault-row"
import { killBeforePushRow } from "./01-kill-before-push"
import { killAfterPushRow } from "./02-kill-after-push"
import { killIntakeRow } from "./03-kill-intake"
import { databaseCrashRow } from "./04-database-crash"
import { unsafeCommitsRow } from "./05-unsafe-commits"
import { cutSessionsRow } from "./06-cut-sessions"
import { noSessionsLeftRow } from "./07-no-sessions-left"
import { oldTransactionRow } from "./08-old-transaction"
import { sharedLimitRow } from "./12-shared-limit"
import { longOutageRow } from "./13-long-outage"
import { noAnswerRow } from "./14-no-answer"
import { partialFailureRow } from "./15-partial-failure"
import { poisonRow } from "./16-poison-row"
import { duplicatesRow } from "./17-duplicates"
import { outOfOrderRow } from "./18-out-of-order"
import { slowDripRow } from "./24-slow-drip"
import { endlessAnswerRow } from "./25-endless-answer"
import { inwardAddressesRow } from "./26-inward-addresses"
import { nobodyThereRow } from "./27-nobody-there"
import { wrongClockRow } from "./28-wrong-clock"
import { stoppedWorkerRow } from "./29-stopped-worker"
import { revokedCredentialsRow } from "./30-revoked-credentials"
import { wrongKeysRow } from "./31-wrong-keys"
import { oldCodeRow } from "./32-old-code"
import { diskFullRow } from "./33-disk-full"
import { lostEventRow } from "./35-lost-event"
import { terminatedRow } from "./36-terminated"
import { restoredBackupRow } from "./38-restored-backup"
import { convergenceRow } from "./c-convergence"
import { randomKillsRow } from "./k-random-kills"

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
  sharedLimitRow,
  longOutageRow,
  noAnswerRow,
  partialFailureRow,
  poisonRow,
  duplicatesRow,
  outOfOrderRow,
  slowDripRow,
  endlessAnswerRow,
  inwardAddressesRow,
  nobodyThereRow,
  wrongClockRow,
  stoppedWorkerRow,
  revokedCredentialsRow,
  wrongKeysRow,
  oldCodeRow,
  diskFullRow,
  lostEventRow,
  terminatedRow,
  restoredBackupRow,
  convergenceRow,
  randomKillsRow,
]
