import { defineLink } from "@medusajs/framework/utils"
import ChannelMappingModule from "../modules/channel-mapping"
import IntegrationConfigModule from "../modules/integration-config"

/** The connection that a listing belongs to. */
export default defineLink(
  { linkable: ChannelMappingModule.linkable.hubListing, field: "connection_id" },
  IntegrationConfigModule.linkable.hubConnection,
  { readOnly: true }
)
