import { Container, Heading, Select } from "@medusajs/ui"
import { useState } from "react"
import type { HubMetricFigures, HubMetricsResponse } from "../../../types"
import { useMetrics } from "../../hooks/use-activity"
import { formatAge, formatCount, formatDuration, formatShare } from "../../lib/format"
import { useTexts } from "../../texts"
import type { Texts } from "../../texts/texts"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"

const PERIODS = ["1h", "24h", "7d", "30d"] as const satisfies readonly HubMetricsResponse["period"][]

interface Figure {
  readonly label: string
  readonly value: string
  readonly hint: string
}

const syncTimeOf = ({ sync_time_mean_ms: mean, sync_time_p95_ms: p95 }: HubMetricFigures): string | null =>
  mean === null || p95 === null ? null : `${formatDuration(mean)} · p95 ${formatDuration(p95)}`

function figuresOf(figures: HubMetricFigures, { activity }: Texts): Figure[] {
  const words = activity.metrics
  const share = (rate: number | null): string => (rate === null ? words.unknown : formatShare(rate))
  const resolve = figures.resolve_time_mean_seconds
  return [
    {
      label: words.accuracy,
      value: share(figures.accuracy_rate),
      hint: words.accuracyHint(figures.equal_count, figures.known_count),
    },
    { label: words.syncTime, value: syncTimeOf(figures) ?? words.unknown, hint: words.syncTimeHint },
    {
      label: words.success,
      value: share(figures.success_rate),
      hint: words.successHint(figures.accepted_count, figures.sent_count),
    },
    {
      label: words.resolve,
      value: resolve === null ? words.unknown : formatAge(resolve),
      hint: words.resolveHint(figures.resolved_issue_count),
    },
    {
      label: words.calls,
      value: formatCount(figures.calls_today),
      hint: words.callsHint(figures.failed_call_count, figures.call_count),
    },
  ]
}

function Figures({ period }: { readonly period: HubMetricsResponse["period"] }) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useMetrics(period)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton count={3} />
    )
  }
  return (
    <dl className="flex flex-col gap-y-4 px-6 py-4">
      {figuresOf(data.overall, texts).map(({ label, value, hint }) => (
        <div key={label}>
          <dt className="txt-compact-small text-ui-fg-subtle flex items-baseline justify-between gap-x-4">
            {label}
            <span className="txt-compact-small-plus text-ui-fg-base whitespace-nowrap tabular-nums">{value}</span>
          </dt>
          <dd className="txt-compact-xsmall text-ui-fg-subtle text-pretty tabular-nums">{hint}</dd>
        </div>
      ))}
    </dl>
  )
}

/** How well numbers reached their channels, over all of them, in a chosen period. */
export function MetricFigures() {
  const texts = useTexts()
  const words = texts.activity.metrics
  const [period, setPeriod] = useState<HubMetricsResponse["period"]>("24h")
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-4">
        <Heading level="h2">{words.title}</Heading>
        <Select
          size="small"
          value={period}
          onValueChange={(chosen) => setPeriod(PERIODS.find((one) => one === chosen) ?? "24h")}
        >
          <Select.Trigger aria-label={words.period} className="w-40">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            {PERIODS.map((one) => (
              <Select.Item key={one} value={one}>
                {words.periods[one]}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
      <Figures period={period} />
    </Container>
  )
}
