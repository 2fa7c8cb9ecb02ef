import { Alert, Badge, Button, Container, Heading, Tabs, Text } from "@medusajs/ui"
import { useState } from "react"
import { Link, useParams, useSearchParams } from "react-router-dom"
import { Loading } from "../../../../components/loading"
import { ConnectionActions, type ActionOutcome } from "../../../../components/connections/detail/connection-actions"
import { CredentialsTab } from "../../../../components/connections/detail/credentials-tab"
import { SettingsTab } from "../../../../components/connections/detail/settings-tab"
import { StatusTab } from "../../../../components/connections/detail/status-tab"
import { TimelineTab } from "../../../../components/connections/detail/timeline-tab"
import { FailureNote } from "../../../../components/connections/failure-note"
import { ModeBadge } from "../../../../components/connections/mode-badge"
import { ErrorState } from "../../../../components/error-state"
import { OAuthSection } from "../../../../components/inbound/oauth-section"
import { WebhooksSection } from "../../../../components/inbound/webhooks-section"
import { ConnectionBadge } from "../../../../components/state-badge"
import { useConnection, useConnectors } from "../../../../hooks/use-connections"
import { listingsLink } from "../../../../lib/listings-link"
import { setupLink } from "../../../../lib/setup-link"
import { useTexts } from "../../../../texts"
import type { HubConnectionDetail } from "../../../../../types"

const TABS = ["status", "timeline", "listings", "messages", "settings", "credentials"] as const

function Outcome({ outcome }: { readonly outcome: ActionOutcome | null }) {
  const { connections: texts } = useTexts()
  if (outcome === null) {
    return null
  }
  return outcome.kind === "failed" ? (
    <FailureNote error={outcome.error} />
  ) : (
    <Alert variant="success" role="status">
      {outcome.kind === "tested" ? texts.tested(outcome.tookMs) : texts.detail.started}
    </Alert>
  )
}

function Header({ connection }: { readonly connection: HubConnectionDetail }) {
  const { connections: texts } = useTexts()
  const [outcome, setOutcome] = useState<ActionOutcome | null>(null)
  return (
    <Container className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex items-start justify-between gap-x-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-2">
            <Heading level="h1" className="break-words">
              {connection.name}
            </Heading>
            <ConnectionBadge state={connection.state} />
            <ModeBadge mode={connection.write_mode} />
            {connection.counts.active_runs > 0 && (
              <Badge size="2xsmall" color="blue">
                {texts.detail.activeRuns(connection.counts.active_runs)}
              </Badge>
            )}
          </div>
          <Text size="small" className="text-ui-fg-subtle">
            {connection.connector_label}
          </Text>
        </div>
        <div className="flex shrink-0 items-center gap-x-2">
          {connection.setup_step !== null && (
            <Button size="small" asChild>
              <Link to={setupLink(connection.id)}>{texts.resume}</Link>
            </Button>
          )}
          {connection.setup_step === null && connection.write_mode === "shadow" && connection.connected_at !== null && (
            <Button size="small" variant="secondary" asChild>
              <Link to={setupLink(connection.id)}>{texts.detail.openPreview}</Link>
            </Button>
          )}
          <ConnectionActions connection={connection} onOutcome={setOutcome} />
        </div>
      </div>
      <Outcome outcome={outcome} />
    </Container>
  )
}

function Listings({ connection }: { readonly connection: HubConnectionDetail }) {
  const { detail } = useTexts().connections
  return (
    <Container className="flex flex-col items-start gap-y-3 px-6 py-4">
      <Text weight="plus" className="tabular-nums">
        {detail.listings(connection.counts.listings)}
      </Text>
      <Text size="small" className="text-ui-fg-subtle">
        {detail.listingsHint}
      </Text>
      <Button size="small" variant="secondary" asChild>
        <Link to={listingsLink(connection.id, null)}>{detail.openListings}</Link>
      </Button>
    </Container>
  )
}

function Page({ connection }: { readonly connection: HubConnectionDetail }) {
  const { detail } = useTexts().connections
  const [params, setParams] = useSearchParams()
  const { data: catalogue } = useConnectors()
  const tab = TABS.find((name) => name === params.get("tab")) ?? "status"
  const connector = catalogue?.connectors.find(({ id }) => id === connection.connector_id) ?? null
  return (
    <div className="flex flex-col gap-y-3">
      <Header connection={connection} />
      <OAuthSection connection={connection} />
      <Tabs value={tab} onValueChange={(name) => setParams({ tab: name }, { replace: true })}>
        <div className="mb-3 overflow-x-auto">
          <Tabs.List>
            {TABS.map((name) => (
              <Tabs.Trigger key={name} value={name}>
                {detail.tabs[name]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </div>
        <Tabs.Content value="status">
          <StatusTab connection={connection} />
        </Tabs.Content>
        <Tabs.Content value="timeline">
          <TimelineTab connectionId={connection.id} />
        </Tabs.Content>
        <Tabs.Content value="listings">
          <Listings connection={connection} />
        </Tabs.Content>
        <Tabs.Content value="messages">
          <WebhooksSection connection={connection} />
        </Tabs.Content>
        <Tabs.Content value="settings">
          <SettingsTab connection={connection} connector={connector} />
        </Tabs.Content>
        <Tabs.Content value="credentials">
          <CredentialsTab connection={connection} connector={connector} />
        </Tabs.Content>
      </Tabs>
    </div>
  )
}

const HubConnectionPage = () => {
  const { id = "" } = useParams()
  const { data, error, isFetching, refetch } = useConnection(id)
  if (data) {
    return <Page connection={data.connection} />
  }
  return (
    <Container className="p-0">
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      ) : (
        <Loading className="m-6 h-40" />
      )}
    </Container>
  )
}

/** The name of the connection; its id until it is known. */
const ConnectionCrumb = ({ id }: { readonly id: string }) => <>{useConnection(id).data?.connection.name ?? id}</>

export const handle = {
  breadcrumb: ({ params }: { readonly params: { readonly id?: string } }) => <ConnectionCrumb id={params.id ?? ""} />,
}

export default HubConnectionPage
