import { defineLink } from "@medusajs/framework/utils"
import IntegrationConfigModule from "../modules/integration-config"
import SalesChannelModule from "@medusajs/medusa/sales-channel"

/** The sales channel whose orders a connection brings. */
export default defineLink(
  { linkable: IntegrationConfigModule.linkable.hubConnection, field: "sales_channel_id" },
  SalesChannelModule.linkable.salesChannel,
  { readOnly: true }
)
