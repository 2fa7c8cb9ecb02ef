import type { HubIssue, IssueSeverity } from "../../types"

/** Open issues of one cause at one channel. */
export interface IssueGroup {
  readonly key: string
  readonly code: string
  readonly connectionId: string
  readonly connectionName: string
  /** The gravest of its issues. */
  readonly severity: IssueSeverity
  /** Newest first; never empty. */
  readonly messages: readonly [HubIssue, ...HubIssue[]]
  readonly occurrenceCount: number
}

const GRAVITY: Readonly<Record<IssueSeverity, number>> = { critical: 0, warning: 1, info: 2 }

const newestFirst = (left: HubIssue, right: HubIssue): number => right.last_seen_at.localeCompare(left.last_seen_at)

function toGroup(key: string, issues: readonly HubIssue[]): IssueGroup[] {
  const [newest, ...older] = [...issues].sort(newestFirst)
  if (!newest) {
    return []
  }
  return [
    {
      key,
      code: newest.code,
      connectionId: newest.connection_id,
      connectionName: newest.connection_name,
      severity: [newest, ...older].reduce<IssueSeverity>(
        (gravest, { severity }) => (GRAVITY[severity] < GRAVITY[gravest] ? severity : gravest),
        newest.severity
      ),
      messages: [newest, ...older],
      occurrenceCount: issues.reduce((sum, issue) => sum + issue.occurrence_count, 0),
    },
  ]
}

/** Groups by cause and channel: the gravest first, then those that touch the most, then by name so that rows stay put. */
export function groupIssues(issues: readonly HubIssue[]): IssueGroup[] {
  const byKey = new Map<string, HubIssue[]>()
  for (const issue of issues) {
    const key = `${issue.connection_id}:${issue.code}`
    byKey.set(key, [...(byKey.get(key) ?? []), issue])
  }
  return [...byKey]
    .flatMap(([key, members]) => toGroup(key, members))
    .sort(
      (left, right) =>
        GRAVITY[left.severity] - GRAVITY[right.severity] ||
        right.messages.length - left.messages.length ||
        left.key.localeCompare(right.key)
    )
}

/** What is only good to know asks nobody to act. */
export const needsAPerson = (group: IssueGroup): boolean => group.severity !== "info"
