import { CheckCircleSolid, CircleDottedLine, XCircleSolid } from "@medusajs/icons"
import { Alert, Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import type { HubConnectionDetail, HubWebhooks, HubWebhooksResponse, HubWebhookTopic } from "../../../types"
import { useAccess } from "../../hooks/use-access"
import { useAction } from "../../hooks/use-action"
import { useWebhooks } from "../../hooks/use-inbound"
import { formatAbsolute } from "../../lib/format"
import { inboundPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { Confirm } from "../confirm"
import { ErrorState } from "../error-state"
import { Loading } from "../loading"
import { StateBadge, type Look } from "../state-badge"
import { TextLink } from "../text-link"
import { TimeAgo } from "../time-ago"

const LOOKS = {
  subscribed: { color: "green", Icon: CheckCircleSolid },
  missing: { color: "red", Icon: XCircleSolid },
  untold: { color: "grey", Icon: CircleDottedLine },
  unseen: { color: "grey", Icon: CircleDottedLine },
} as const satisfies Record<string, Look>

function Topic({ topic, isChecked }: { readonly topic: HubWebhookTopic; readonly isChecked: boolean }) {
  const { webhooks: texts } = useTexts().inbound
  const unknown = isChecked ? "untold" : "unseen"
  const stand = topic.is_subscribed === null ? unknown : topic.is_subscribed ? "subscribed" : "missing"
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <StateBadge look={LOOKS[stand]} text={texts[stand]} />
      <span className="break-all">{topic.topic === "*" || topic.topic === "all" ? texts.anything : topic.topic}</span>
    </li>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="grid grid-cols-1 gap-x-4 gap-y-1 px-6 py-3 sm:grid-cols-[12rem_1fr]">
    <dt className="text-ui-fg-subtle">{name}</dt>
    <dd className="min-w-0 break-words tabular-nums">{children}</dd>
  </div>
)

interface OfConnection {
  readonly connection: HubConnectionDetail
}

function Repair({ connection }: OfConnection) {
  const { webhooks: texts } = useTexts().inbound
  const { mutate, isPending } = useAction<HubWebhooksResponse>(() => texts.repairDone)
  return (
    <ActionButton
      action="operate"
      isLoading={isPending}
      onClick={() => mutate({ path: `connections/${connection.id}/webhooks/repair` })}
    >
      {texts.repair}
    </ActionButton>
  )
}

function Rotate({ connection }: OfConnection) {
  const { webhooks: texts } = useTexts().inbound
  const { may } = useAccess()
  const { mutate, isPending } = useAction<HubWebhooksResponse>(() => texts.rotated)
  const button = (
    <ActionButton action="secrets" isLoading={isPending}>
      {texts.rotate}
    </ActionButton>
  )
  return may("secrets") ? (
    <Confirm
      title={texts.rotateAsk}
      text={texts.rotateText}
      confirm={texts.rotate}
      cancel={texts.rotateKeep}
      onConfirm={() => mutate({ path: `connections/${connection.id}/webhooks/rotate` })}
    >
      {button}
    </Confirm>
  ) : (
    button
  )
}

function Counts({ connection, webhooks }: OfConnection & { readonly webhooks: HubWebhooks }) {
  const { webhooks: texts } = useTexts().inbound
  const to = (filters: Readonly<Record<string, string>>): string => inboundPath({ channel: connection.id, ...filters })
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      <TextLink to={to({ within: "24h" })}>{texts.accepted(webhooks.accepted_count)}</TextLink>
      <TextLink to={to({ within: "24h", state: "duplicate" })}>{texts.duplicates(webhooks.duplicate_count)}</TextLink>
      <TextLink to={to({ within: "24h", state: "rejected" })}>{texts.rejected(webhooks.rejected_count)}</TextLink>
    </span>
  )
}

function Secret({ webhooks }: { readonly webhooks: HubWebhooks }) {
  const { webhooks: texts } = useTexts().inbound
  return (
    <>
      {webhooks.secret_of === "channel" ? texts.secretOfChannel : texts.secretOfHub}
      {webhooks.previous_until !== null && ` · ${texts.bothUntil} ${formatAbsolute(webhooks.previous_until)}`}
    </>
  )
}

function Facts({ connection, webhooks }: OfConnection & { readonly webhooks: HubWebhooks }) {
  const { webhooks: texts } = useTexts().inbound
  return (
    <dl className="txt-small divide-y">
      <Fact name={texts.address}>
        <span className="break-all font-mono">{webhooks.callback_url}</span>
      </Fact>
      <Fact name={texts.topics}>
        <ul className="flex flex-col gap-y-1">
          {webhooks.topics.map((topic) => (
            <Topic key={topic.topic} topic={topic} isChecked={webhooks.checked_at !== null} />
          ))}
        </ul>
        {webhooks.repaired_count > 0 && (
          <span className="text-ui-fg-subtle">{texts.repaired(webhooks.repaired_count)}</span>
        )}
      </Fact>
      <Fact name={texts.checked}>
        {webhooks.checked_at === null ? texts.neverChecked : <TimeAgo at={webhooks.checked_at} />}
      </Fact>
      <Fact name={texts.secret}>
        <Secret webhooks={webhooks} />
      </Fact>
      <Fact name={texts.last}>
        {webhooks.last_received_at === null ? texts.never : <TimeAgo at={webhooks.last_received_at} />}
      </Fact>
      <Fact name={texts.today}>
        <Counts connection={connection} webhooks={webhooks} />
      </Fact>
    </dl>
  )
}

function Body({ connection, webhooks }: OfConnection & { readonly webhooks: HubWebhooks }) {
  const { webhooks: texts } = useTexts().inbound
  if (!webhooks.is_possible || webhooks.callback_url === null) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {webhooks.is_possible ? texts.notYet : texts.notPossible}
      </Text>
    )
  }
  return (
    <>
      {webhooks.failure !== null && (
        <div className="px-6 py-3">
          <Alert variant="warning">
            {texts.failure}: {webhooks.failure}
          </Alert>
        </div>
      )}
      <Facts connection={connection} webhooks={webhooks} />
    </>
  )
}

/** How the messages of a connection come in: what its channel sends, to where, and how that is put right. */
export function WebhooksSection({ connection }: OfConnection) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useWebhooks(connection.id)
  const isConnected = data?.webhooks.is_possible === true && data.webhooks.callback_url !== null
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-6 py-4">
        <div className="min-w-0">
          <Heading level="h2">{texts.inbound.webhooks.title}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {texts.inbound.webhooks.about}
          </Text>
        </div>
        {isConnected && (
          <div className="flex flex-wrap gap-2">
            {data.webhooks.secret_of === "hub" && <Rotate connection={connection} />}
            <Repair connection={connection} />
          </div>
        )}
      </div>
      {data ? (
        <Body connection={connection} webhooks={data.webhooks} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      ) : (
        <Loading className="m-6 h-24" />
      )}
    </Container>
  )
}
