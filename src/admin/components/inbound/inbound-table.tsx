import { Checkbox, Table, Text } from "@medusajs/ui"
import type { HubInboundMessage } from "../../../types"
import { connectionPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"
import { InboundBadge } from "./inbound-badge"

const REPLAYABLE = ["processed", "stale", "failed"]

export const isReplayable = ({ state }: HubInboundMessage): boolean => REPLAYABLE.includes(state)

/** What it is, in a few words. */
export function useMessageName(): (message: HubInboundMessage) => string {
  const { inbound } = useTexts()
  return ({ topic, about, event_id: eventId }) =>
    `${topic === null ? inbound.unknownTopic : inbound.topic[topic]} ${about ?? eventId ?? ""}`.trim()
}

interface RowProps {
  readonly message: HubInboundMessage
  readonly isSelected: boolean
  readonly onSelect: (isSelected: boolean) => void
  readonly onOpen: () => void
}

function Name({ message, onOpen }: Pick<RowProps, "message" | "onOpen">) {
  const { inbound } = useTexts()
  const name = useMessageName()(message)
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={inbound.open(name)}
      className="text-ui-fg-base focus-visible:shadow-borders-focus w-fit break-all rounded-md text-start font-medium underline decoration-dotted underline-offset-4 outline-none"
    >
      {name}
    </button>
  )
}

function Hints({ message }: { readonly message: HubInboundMessage }) {
  const { inbound } = useTexts()
  const hints = [
    ...(message.origin === "poll" ? [inbound.poll] : []),
    ...(message.replay_count > 0 ? [inbound.again(message.replay_count)] : []),
  ]
  return hints.length === 0 ? null : <span className="txt-compact-xsmall text-ui-fg-subtle">{hints.join(" · ")}</span>
}

function Row({ message, isSelected, onSelect, onOpen }: RowProps) {
  const { inbound } = useTexts()
  const name = useMessageName()(message)
  return (
    <Table.Row>
      <Table.Cell className="w-10 align-top">
        <div className="py-3">
          {isReplayable(message) && (
            <Checkbox
              aria-label={inbound.select(name)}
              checked={isSelected}
              onCheckedChange={(checked) => onSelect(checked === true)}
            />
          )}
        </div>
      </Table.Cell>
      <Table.Cell className="py-2 pe-3 md:pe-6">
        <div className="flex min-w-0 flex-col gap-y-1">
          <Name message={message} onOpen={onOpen} />
          <Hints message={message} />
          {message.error !== null && (
            <Text
              size="xsmall"
              leading="compact"
              className="text-ui-fg-subtle line-clamp-2 max-w-prose"
              title={message.error}
            >
              {message.error}
            </Text>
          )}
          <span className="txt-compact-xsmall text-ui-fg-subtle md:hidden">
            {message.connection_name} · <TimeAgo at={message.received_at} />
          </span>
        </div>
      </Table.Cell>
      <Table.Cell className="hidden md:table-cell">
        <TextLink to={connectionPath(message.connection_id)}>{message.connection_name}</TextLink>
      </Table.Cell>
      <Table.Cell className="py-2 align-top md:align-middle">
        <InboundBadge state={message.state} />
      </Table.Cell>
      <Table.Cell className="hidden md:table-cell">
        <TimeAgo at={message.received_at} />
      </Table.Cell>
    </Table.Row>
  )
}

interface InboundTableProps {
  readonly messages: readonly HubInboundMessage[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (id: string, isSelected: boolean) => void
  readonly onOpen: (id: string) => void
}

export function InboundTable({ messages, selected, onSelect, onOpen }: InboundTableProps) {
  const { inbound } = useTexts()
  const { column } = inbound
  return (
    <Table>
      <Table.Header>
        <Table.Row>
          <Table.HeaderCell className="w-10">
            <span className="sr-only">{inbound.selected(selected.size)}</span>
          </Table.HeaderCell>
          <Table.HeaderCell>{column.message}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.channel}</Table.HeaderCell>
          <Table.HeaderCell>{column.state}</Table.HeaderCell>
          <Table.HeaderCell className="hidden md:table-cell">{column.received}</Table.HeaderCell>
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {messages.map((message) => (
          <Row
            key={message.id}
            message={message}
            isSelected={selected.has(message.id)}
            onSelect={(isSelected) => onSelect(message.id, isSelected)}
            onOpen={() => onOpen(message.id)}
          />
        ))}
      </Table.Body>
    </Table>
  )
}
