import type { MessageFilter } from "../runs/request-run"

/** What is to be replayed: these messages, or those of a filter. */
export interface ReplaySelection {
  readonly connectionId: string | null
  readonly messageIds: readonly string[] | null
  readonly filter: MessageFilter
}

const STATE_SQL = "CASE WHEN e.state = 'accepted' AND e.error IS NOT NULL THEN 'failed' ELSE e.state END"

/** Condition over `e` (inbox event). What waits for its first turn is not replayed: it will be worked on anyway. */
export const SELECTED_SQL = `
  e.deleted_at IS NULL AND ${STATE_SQL} IN ('processed', 'stale', 'failed')
  AND (CAST(:connectionId AS text) IS NULL OR e.connection_id = :connectionId)
  AND (CAST(:messageIds AS text) IS NULL OR e.id IN (SELECT jsonb_array_elements_text(CAST(:messageIds AS jsonb))))
  AND (CAST(:state AS text) IS NULL OR ${STATE_SQL} = :state)
  AND (CAST(:topic AS text) IS NULL OR e.topic = :topic)
  AND (CAST(:since AS text) IS NULL OR e.received_at >= CAST(:since AS timestamptz))
  AND (CAST(:until AS text) IS NULL OR e.received_at <= CAST(:until AS timestamptz))`

/** Bindings of {@link SELECTED_SQL}. */
export const bindingsOf = ({
  connectionId,
  messageIds,
  filter,
}: ReplaySelection): Readonly<Record<string, string | null>> => ({
  connectionId,
  messageIds: messageIds === null ? null : JSON.stringify(messageIds),
  state: filter.state ?? null,
  topic: filter.topic ?? null,
  since: filter.since ?? null,
  until: filter.until ?? null,
})
