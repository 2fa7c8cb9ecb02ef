import type { ConnectionState, HubConnectionSummary, HubOverviewResponse } from "../../types"
import { formatAge } from "./format"
import { groupIssues, needsAPerson } from "./group-issues"
import type { Texts } from "../texts/texts"

/** The numbers behind the sentence at the top of the overview. */
export interface Truth {
  readonly channelCount: number
  readonly inSyncCount: number
  readonly oldestPendingSeconds: number | null
  /** Causes, not items: 37 listings that fail for one reason are one thing to do. */
  readonly attentionCount: number
  /** The server tells only the gravest issues; there are more than we count. */
  readonly hasMoreIssues: boolean
}

const RUNNING: readonly ConnectionState[] = ["connected", "degraded"]

/** A busy shop always has a change on its way; one that is on its way for longer than this is late. */
const LATE_AFTER_SECONDS = 5

/**
 * A channel that is paused or refuses us is not in sync, even if nothing waits for it at the moment. One that takes every
 * change within seconds is, even if something waits for it at the moment; the sentence tells the age of the oldest.
 */
export const isInSync = (connection: HubConnectionSummary): boolean =>
  RUNNING.includes(connection.state) &&
  (connection.oldest_pending_seconds ?? 0) < LATE_AFTER_SECONDS &&
  connection.failed_count === 0

export function truthOf({ connections, issues }: HubOverviewResponse): Truth {
  const ages = connections.flatMap(({ oldest_pending_seconds: age }) => (age === null ? [] : [age]))
  const openIssueCount = connections.reduce((sum, connection) => sum + connection.open_issue_count, 0)
  return {
    channelCount: connections.length,
    inSyncCount: connections.filter(isInSync).length,
    oldestPendingSeconds: ages.length === 0 ? null : Math.max(...ages),
    attentionCount: groupIssues(issues).filter(needsAPerson).length,
    hasMoreIssues: openIssueCount > issues.length,
  }
}

/** Without the age of the oldest change: for screen readers, which would be told of every second that passes. */
export const calmSentence = (truth: Truth, texts: Texts): string =>
  [
    texts.truth.inSync(truth.inSyncCount, truth.channelCount),
    texts.truth.attention(truth.attentionCount, truth.hasMoreIssues),
  ].join(" · ")

/** "4 of 4 channels in sync · oldest pending change 12 s · 3 things need you". */
export const sentenceOfTruth = (truth: Truth, texts: Texts): string =>
  [
    texts.truth.inSync(truth.inSyncCount, truth.channelCount),
    truth.oldestPendingSeconds === null
      ? texts.truth.nothingPending
      : texts.truth.oldestPending(formatAge(truth.oldestPendingSeconds)),
    texts.truth.attention(truth.attentionCount, truth.hasMoreIssues),
  ].join(" · ")
