import type { FaultRow } from "../harness/fault-row"
import { killBeforePushRow } from "./01-kill-before-push"
import { killAfterPushRow } from "./02-kill-after-push"
import { noAnswerRow } from "./14-no-answer"
import { stoppedWorkerRow } from "./29-stopped-worker"

/** Every row of the fault plan that is built, in the order of its numbers. */
export const FAULT_ROWS: readonly FaultRow[] = [killBeforePushRow, killAfterPushRow, noAnswerRow, stoppedWorkerRow]
