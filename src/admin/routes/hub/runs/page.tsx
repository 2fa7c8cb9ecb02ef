import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { Crumb } from "../../../components/crumb"
import { PageHeader } from "../../../components/page-header"
import { RunList } from "../../../components/runs/run-list"
import { useTexts } from "../../../texts"

const HubRunsPage = () => {
  const texts = useTexts()
  return (
    <Container className="divide-y p-0">
      <PageHeader title={texts.runs.title} about={texts.runs.about} />
      <RunList />
    </Container>
  )
}

// A plain literal: it is read from the source.
export const config = defineRouteConfig({
  label: "menu.runs",
  translationNs: "hub",
  rank: 30,
})

export const handle = {
  breadcrumb: () => <Crumb of="runs" />,
}

export default HubRunsPage
