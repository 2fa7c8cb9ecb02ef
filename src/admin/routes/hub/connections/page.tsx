import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Plus } from "@medusajs/icons"
import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useSearchParams } from "react-router-dom"
import { ActionButton } from "../../../components/action-button"
import { Crumb } from "../../../components/crumb"
import { ConnectionTable } from "../../../components/connections/connection-table"
import { SetupWizard } from "../../../components/connections/wizard/setup-wizard"
import { ErrorState } from "../../../components/error-state"
import { useConnections, useConnectors } from "../../../hooks/use-connections"
import { NEW_SETUP, SETUP_PARAM } from "../../../lib/setup-link"
import { useTexts } from "../../../texts"

function List({ onResume }: { readonly onResume: (id: string) => void }) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useConnections()
  const { data: catalogue } = useConnectors()
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <div role="status" aria-label={texts.loading} className="flex flex-col gap-y-3 px-6 py-4">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    )
  }
  if (data.connections.length === 0) {
    return (
      <div className="flex flex-col items-center gap-y-1 px-6 py-16 text-center">
        <Text weight="plus">{texts.connections.empty.title}</Text>
        <Text size="small" className="text-ui-fg-subtle max-w-md text-pretty">
          {texts.connections.empty.text}
        </Text>
      </div>
    )
  }
  const labels = Object.fromEntries((catalogue?.connectors ?? []).map(({ id, label }) => [id, label]))
  return <ConnectionTable connections={data.connections} labels={labels} onResume={onResume} />
}

const HubConnectionsPage = () => {
  const { connections: texts } = useTexts()
  const [params, setParams] = useSearchParams()
  const setup = params.get(SETUP_PARAM)
  const open = (id: string | null): void => setParams(id === null ? {} : { [SETUP_PARAM]: id })
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <div>
          <Heading level="h1">{texts.title}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {texts.subtitle}
          </Text>
        </div>
        <ActionButton action="configure" variant="primary" onClick={() => open(NEW_SETUP)}>
          <Plus aria-hidden />
          {texts.create}
        </ActionButton>
      </div>
      <List onResume={open} />
      {setup !== null && (
        <SetupWizard
          connectionId={setup === NEW_SETUP ? null : setup}
          onCreated={(id) => setParams({ [SETUP_PARAM]: id }, { replace: true })}
          onClose={() => open(null)}
        />
      )}
    </Container>
  )
}

// A plain literal: it is read from the source.
export const config = defineRouteConfig({
  label: "menu.connections",
  translationNs: "hub",
  rank: 10,
})

export const handle = {
  breadcrumb: () => <Crumb of="connections" />,
}

export default HubConnectionsPage
