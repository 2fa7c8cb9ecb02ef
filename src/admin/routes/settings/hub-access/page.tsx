import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container, InlineTip } from "@medusajs/ui"
import { Crumb } from "../../../components/crumb"
import { AccessTable, PresetLegend } from "../../../components/access/access-table"
import { ErrorState } from "../../../components/error-state"
import { PageHeader } from "../../../components/page-header"
import { RowsSkeleton } from "../../../components/rows-skeleton"
import { useAccessList } from "../../../hooks/use-access"
import { useTexts } from "../../../texts"

const HubAccessPage = () => {
  const { access } = useTexts()
  const { data, error, isFetching, refetch } = useAccessList()
  return (
    <Container className="divide-y p-0">
      <PageHeader title={access.title} about={access.about}>
        {data && (
          <InlineTip label={access.title} variant={data.mode === "open" ? "warning" : "info"}>
            {access.mode[data.mode]}
          </InlineTip>
        )}
      </PageHeader>
      <PresetLegend />
      {data && <AccessTable {...data} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {!data && !error && <RowsSkeleton />}
    </Container>
  )
}

// A plain literal: it is read from the source.
export const config = defineRouteConfig({
  label: "menu.access",
  translationNs: "hub",
})

export const handle = {
  breadcrumb: () => <Crumb of="access" />,
}

export default HubAccessPage
