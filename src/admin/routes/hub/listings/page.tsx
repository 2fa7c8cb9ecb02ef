import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Crumb } from "../../../components/crumb"
import { ListingsPage } from "../../../components/mapping/listings-page"

const HubListingsPage = () => <ListingsPage />

// A plain literal: it is read from the source, and a cast or a variable would drop the entry from the sidebar.
export const config = defineRouteConfig({
  label: "menu.listings",
  translationNs: "hub",
  rank: 20,
})

export const handle = {
  breadcrumb: () => <Crumb of="listings" />,
}

export default HubListingsPage
