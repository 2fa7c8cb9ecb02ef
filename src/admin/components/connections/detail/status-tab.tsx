import { Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"
import type { HubConnectionDetail, HubConnectionLimit } from "../../../../types"
import { formatAge, formatCount, formatDuration } from "../../../lib/format"
import { listingsLink } from "../../../lib/listings-link"
import { useTexts } from "../../../texts"
import { ConnectionBadge } from "../../state-badge"
import { TimeAgo } from "../../time-ago"

interface FactProps {
  readonly label: string
  readonly children: ReactNode
}

export const Fact = ({ label, children }: FactProps) => (
  <div className="grid gap-x-4 gap-y-1 px-6 py-3 sm:grid-cols-[14rem_1fr]">
    <dt className="txt-compact-small-plus text-ui-fg-subtle">{label}</dt>
    <dd className="txt-compact-small text-ui-fg-base min-w-0 break-words">{children}</dd>
  </div>
)

const COUNTS = ["linked", "in_sync", "pending", "held", "failed", "skipped", "unlinked", "ignored"] as const

const QUERY = {
  linked: "link=linked",
  in_sync: "state=in-sync",
  pending: "state=pending",
  held: "state=held",
  failed: "state=failed",
  skipped: "state=skipped",
  unlinked: "link=unlinked",
  ignored: "link=ignored",
} as const

function Numbers({ connection }: { readonly connection: HubConnectionDetail }) {
  const { detail } = useTexts().connections
  return (
    <Container className="p-0">
      <Heading level="h2" className="px-6 py-4">
        {detail.numbers}
      </Heading>
      <dl className="grid grid-cols-2 gap-4 px-6 pb-4 sm:grid-cols-4">
        {COUNTS.map((name) => (
          <div key={name}>
            <dt className="txt-compact-xsmall text-ui-fg-subtle">{detail.counts[name]}</dt>
            <dd className="txt-compact-small-plus tabular-nums">
              <Link
                to={`${listingsLink(connection.id, null)}&${QUERY[name]}`}
                className="hover:text-ui-fg-interactive focus-visible:shadow-borders-focus rounded-md underline decoration-dotted underline-offset-4 outline-none"
              >
                {formatCount(connection.counts[name])}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
    </Container>
  )
}

function Limit({ limit }: { readonly limit: HubConnectionLimit }) {
  const { detail } = useTexts().connections
  const words =
    limit.per_day === null
      ? detail.perSecond(limit.per_second ?? 0)
      : detail.quota(limit.used_today ?? 0, limit.per_day)
  return (
    <li>
      {limit.name}: {words}
      {limit.paused_until !== null && (
        <>
          {" · "}
          {detail.pausedUntil} <TimeAgo at={limit.paused_until} />
        </>
      )}
    </li>
  )
}

function Way({ connection }: { readonly connection: HubConnectionDetail }) {
  const { detail } = useTexts().connections
  const { health } = connection
  return (
    <Container className="p-0">
      <Heading level="h2" className="px-6 py-4">
        {detail.lane}
      </Heading>
      <dl className="divide-y border-t">
        <Fact label={detail.health}>
          {health.checked_at === null ? (
            detail.neverChecked
          ) : (
            <>
              <TimeAgo at={health.checked_at} /> · {health.failure ?? detail.healthy(health.took_ms ?? 0)}
            </>
          )}
        </Fact>
        <Fact label={detail.latency}>
          {connection.latency_p50_ms === null || connection.latency_p95_ms === null
            ? detail.noLatency
            : `p50 ${formatDuration(connection.latency_p50_ms)} · p95 ${formatDuration(connection.latency_p95_ms)}`}
        </Fact>
        <Fact label={detail.oldest}>
          {connection.oldest_pending_seconds === null ? detail.none : formatAge(connection.oldest_pending_seconds)}
        </Fact>
        <Fact label={detail.breaker}>
          {detail.breakerState[health.breaker]}
          {health.failure_count > 0 && ` · ${detail.failures(health.failure_count)}`}
          {health.not_before_reason !== null && ` · ${health.not_before_reason}`}
        </Fact>
        <Fact label={detail.guard}>{detail.guardState[health.guard]}</Fact>
        <Fact label={detail.limits}>
          {health.limits.length === 0 ? (
            detail.noLimits
          ) : (
            <ul>
              {health.limits.map((limit) => (
                <Limit key={limit.name} limit={limit} />
              ))}
            </ul>
          )}
        </Fact>
      </dl>
    </Container>
  )
}

/** How a connection stands, why, and what to do about it. */
export function StatusTab({ connection }: { readonly connection: HubConnectionDetail }) {
  const { detail } = useTexts().connections
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="flex flex-col gap-y-2 px-6 py-4">
        <ConnectionBadge state={connection.state} />
        {connection.state_reason !== null && (
          <Text size="small" className="break-words">
            {connection.state_reason}
          </Text>
        )}
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          <span className="txt-compact-small-plus">{detail.whatToDo}:</span>{" "}
          {connection.state === "connected" && connection.write_mode === "shadow"
            ? detail.shadowAdvice
            : detail.advice[connection.state]}
        </Text>
      </Container>
      <Numbers connection={connection} />
      <Way connection={connection} />
    </div>
  )
}
