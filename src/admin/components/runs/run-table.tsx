import { Table, Text } from "@medusajs/ui"
import type { HubRun } from "../../../types"
import { useNow } from "../../hooks/use-now"
import { formatDuration } from "../../lib/format"
import { runPath } from "../../lib/paths"
import { tookMs } from "../../lib/run-progress"
import { useTexts } from "../../texts"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"
import { RunBadge } from "./run-badge"
import { RunProgress } from "./run-progress"

function Took({ run }: { readonly run: HubRun }) {
  const took = tookMs(run, useNow())
  return took === null ? null : <span className="tabular-nums">{formatDuration(took)}</span>
}

function RunRow({ run }: { readonly run: HubRun }) {
  const texts = useTexts()
  return (
    <Table.Row>
      <Table.Cell className="py-2 pe-3 md:pe-6">
        <div className="flex min-w-0 flex-col gap-y-1">
          <TextLink to={runPath(run.id)} className="text-ui-fg-base w-fit font-medium">
            {texts.runs.kind[run.kind]}
          </TextLink>
          <div className="flex flex-col gap-y-1 md:hidden">
            <span className="txt-compact-xsmall break-words">{run.connection_name ?? texts.runs.allChannels}</span>
            <RunProgress run={run} />
          </div>
          {run.error !== null && (
            <Text size="xsmall" leading="compact" className="text-ui-fg-subtle line-clamp-2 max-w-96" title={run.error}>
              {run.error}
            </Text>
          )}
        </div>
      </Table.Cell>
      <Table.Cell className="hidden md:table-cell">{run.connection_name ?? texts.runs.allChannels}</Table.Cell>
      <Table.Cell className="hidden min-w-44 md:table-cell">
        <RunProgress run={run} />
      </Table.Cell>
      <Table.Cell className="py-2 align-top md:align-middle">
        <RunBadge state={run.state} />
      </Table.Cell>
      <Table.Cell className="hidden md:table-cell">
        <TimeAgo at={run.created_at} />
      </Table.Cell>
      <Table.Cell className="hidden whitespace-nowrap text-end md:table-cell">
        <Took run={run} />
      </Table.Cell>
    </Table.Row>
  )
}

export function RunTable({ runs }: { readonly runs: readonly HubRun[] }) {
  const { column } = useTexts().runs
  return (
    <Table>
      <Table.Header>
        <Table.Row>
          <Table.HeaderCell>{column.run}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.channel}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.progress}</Table.HeaderCell>
          <Table.HeaderCell>{column.state}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.asked}</Table.HeaderCell>
          <Table.HeaderCell className="hidden text-end md:table-cell">{column.took}</Table.HeaderCell>
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </Table.Body>
    </Table>
  )
}
