import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { Crumb } from "../../../components/crumb"
import { InboundList } from "../../../components/inbound/inbound-list"
import { PageHeader } from "../../../components/page-header"
import { useTexts } from "../../../texts"

const HubInboundPage = () => {
  const texts = useTexts()
  return (
    <Container className="divide-y p-0">
      <PageHeader title={texts.inbound.title} about={texts.inbound.about} />
      <InboundList />
    </Container>
  )
}

// A plain literal: it is read from the source.
export const config = defineRouteConfig({
  label: "menu.inbound",
  translationNs: "hub",
  rank: 35,
})

export const handle = {
  breadcrumb: () => <Crumb of="inbound" />,
}

export default HubInboundPage
