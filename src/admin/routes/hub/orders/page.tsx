import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { Crumb } from "../../../components/crumb"
import { OrderRulesDrawer } from "../../../components/orders/order-rules-drawer"
import { OrderTabs } from "../../../components/orders/order-tabs"
import { PageHeader } from "../../../components/page-header"
import { useTexts } from "../../../texts"

const HubOrdersPage = () => {
  const texts = useTexts()
  return (
    <Container className="divide-y p-0">
      <PageHeader title={texts.orders.title} about={texts.orders.about}>
        <OrderRulesDrawer />
      </PageHeader>
      <OrderTabs />
    </Container>
  )
}

// A plain literal: it is read from the source.
export const config = defineRouteConfig({
  label: "menu.orders",
  translationNs: "hub",
  rank: 25,
})

export const handle = {
  breadcrumb: () => <Crumb of="orders" />,
}

export default HubOrdersPage
