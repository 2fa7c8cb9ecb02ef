import { defineRouteConfig } from "@medusajs/admin-sdk"
import { ListingsPage } from "../../../components/mapping/listings-page"

const HubListingsPage = () => <ListingsPage />

// A plain literal: it is read from the source, and a cast or a variable would drop the entry from the sidebar.
export const config = defineRouteConfig({
  label: "Listings",
})

export const handle = {
  breadcrumb: () => "Listings",
}

export default HubListingsPage
