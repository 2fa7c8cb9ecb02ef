import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { Crumb } from "../../../components/crumb"
import { IssueTabs } from "../../../components/issues/issue-tabs"
import { PageHeader } from "../../../components/page-header"
import { useTexts } from "../../../texts"

const HubIssuesPage = () => {
  const texts = useTexts()
  return (
    <Container className="divide-y p-0">
      <PageHeader title={texts.issues.title} about={texts.issues.about} />
      <IssueTabs />
    </Container>
  )
}

// A plain literal: it is read from the source.
export const config = defineRouteConfig({
  label: "menu.issues",
  translationNs: "hub",
  rank: 40,
})

export const handle = {
  breadcrumb: () => <Crumb of="issues" />,
}

export default HubIssuesPage
