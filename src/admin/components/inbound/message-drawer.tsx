import { Drawer, Text } from "@medusajs/ui"
import { useRef, type ReactNode } from "react"
import type { HubInboundDelivery, HubInboundDetail } from "../../../types"
import { useInboundMessage } from "../../hooks/use-inbound"
import { formatDuration } from "../../lib/format"
import { runPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ErrorState } from "../error-state"
import { Loading } from "../loading"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"
import { InboundBadge } from "./inbound-badge"
import { useMessageName } from "./inbound-table"
import { Raw } from "./raw"
import { ReplayButton } from "./replay-button"

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ui-fg-subtle">{name}</dt>
    <dd className="min-w-0 break-words tabular-nums">{children}</dd>
  </>
)

function Facts({ message }: { readonly message: HubInboundDetail }) {
  const { detail } = useTexts().inbound
  return (
    <dl className="txt-small grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
      {message.event_id !== null && (
        <Fact name={detail.eventId}>
          <span className="font-mono">{message.event_id}</span>
        </Fact>
      )}
      {message.occurred_at !== null && (
        <Fact name={detail.occurred}>
          <TimeAgo at={message.occurred_at} />
        </Fact>
      )}
      <Fact name={detail.received}>
        <TimeAgo at={message.received_at} />
      </Fact>
      {message.processed_at !== null && (
        <Fact name={detail.processed}>
          <TimeAgo at={message.processed_at} />
        </Fact>
      )}
      {message.took_ms !== null && <Fact name={detail.took}>{formatDuration(message.took_ms)}</Fact>}
      {message.attempts > 0 && <Fact name={detail.attempts}>{message.attempts}</Fact>}
      {message.order_id !== null && (
        <Fact name={detail.order}>
          <TextLink to={`/orders/${message.order_id}`}>{detail.openOrder}</TextLink>
        </Fact>
      )}
      {message.replay_run_id !== null && (
        <Fact name={detail.replayRun}>
          <TextLink to={runPath(message.replay_run_id)}>{detail.openRun}</TextLink>
        </Fact>
      )}
    </dl>
  )
}

/** Class, plain sentence, what to do, and the words of the machine. */
function Trouble({ message }: { readonly message: HubInboundDetail }) {
  const { inbound } = useTexts()
  if (message.error === null) {
    return null
  }
  const kind = message.deliveries.find(({ failure }) => failure !== null)?.failure ?? "failed"
  return (
    <section className="flex flex-col gap-y-1">
      <Text size="small" weight="plus">
        {inbound.detail.whatHappened}
      </Text>
      <Text size="small" className="break-words">
        {message.error}
      </Text>
      <Text size="small" className="text-ui-fg-subtle">
        {inbound.detail.whatToDo}: {inbound.advice[kind] ?? inbound.advice.failed}
      </Text>
      {message.next_attempt_at !== null && (
        <Text size="small" className="text-ui-fg-subtle">
          {inbound.nextTry}: <TimeAgo at={message.next_attempt_at} />
        </Text>
      )}
    </section>
  )
}

function Delivery({ delivery }: { readonly delivery: HubInboundDelivery }) {
  const { inbound } = useTexts()
  const { detail } = inbound
  return (
    <li className="flex flex-col gap-y-2 py-3">
      <div className="txt-compact-small flex flex-wrap items-center gap-x-3 gap-y-1">
        <InboundBadge state={delivery.outcome} />
        <TimeAgo at={delivery.received_at} />
        <span className="text-ui-fg-subtle">
          {[
            ...(delivery.address === null ? [] : [detail.from(delivery.address)]),
            detail.bytes(delivery.bytes),
            detail.answered(delivery.took_ms),
          ].join(" · ")}
        </span>
      </div>
      {delivery.headers !== null && <Raw title={detail.headers} text={delivery.headers} />}
      {delivery.body === null ? null : <Raw title={detail.body} text={delivery.body} />}
    </li>
  )
}

function Detail({ message }: { readonly message: HubInboundDetail }) {
  const { inbound } = useTexts()
  const { detail } = inbound
  return (
    <div className="flex flex-col gap-y-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <InboundBadge state={message.state} />
        <Text size="small" className="text-ui-fg-subtle">
          {inbound.stateMeans[message.state]}
        </Text>
      </div>
      <Trouble message={message} />
      <Facts message={message} />
      {message.payload !== null && <Raw title={detail.read} text={message.payload} />}
      <section>
        <Text size="small" weight="plus">
          {detail.deliveries}
        </Text>
        {message.deliveries.length === 0 ? (
          <Text size="small" className="text-ui-fg-subtle">
            {detail.noDeliveries}
          </Text>
        ) : (
          <ul className="divide-y">
            {message.deliveries.map((delivery) => (
              <Delivery key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
        <Text size="xsmall" className="text-ui-fg-subtle">
          {detail.redacted}
        </Text>
      </section>
    </div>
  )
}

function Content({ id }: { readonly id: string }) {
  const { inbound } = useTexts()
  const nameOf = useMessageName()
  const { data, error, isFetching, refetch } = useInboundMessage(id)
  const message = data?.message
  return (
    <>
      <Drawer.Header className="min-w-0">
        <Drawer.Title className="txt-compact-large-plus break-words">
          {message ? nameOf(message) : inbound.detail.title}
        </Drawer.Title>
        <Drawer.Description className="txt-small text-ui-fg-subtle">
          {message?.connection_name ?? inbound.detail.title}
        </Drawer.Description>
      </Drawer.Header>
      <Drawer.Body className="overflow-y-auto">
        {message ? (
          <Detail message={message} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
        ) : (
          <Loading className="h-40" />
        )}
      </Drawer.Body>
      {message?.is_replayable === true && (
        <Drawer.Footer>
          <ReplayButton messages={() => ({ ids: [message.id] })} text={inbound.replay} />
        </Drawer.Footer>
      )}
    </>
  )
}

/** One message with everything that is known of it. */
export function MessageDrawer({ id, onClose }: { readonly id: string | null; readonly onClose: () => void }) {
  // The drawer has no trigger of its own, so it would leave the keyboard nowhere when it closes.
  const opener = useRef<Element | null>(null)
  const giveBackFocus = (event: Event): void => {
    event.preventDefault()
    if (opener.current instanceof HTMLElement) {
      opener.current.focus()
    }
  }
  return (
    <Drawer open={id !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      {id !== null && (
        <Drawer.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement
          }}
          onCloseAutoFocus={giveBackFocus}
        >
          <Content key={id} id={id} />
        </Drawer.Content>
      )}
    </Drawer>
  )
}
