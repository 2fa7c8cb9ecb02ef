import { defineLink } from "@medusajs/framework/utils"
import ChannelMappingModule from "../modules/channel-mapping"
import OrderModule from "@medusajs/medusa/order"

/** The order that an order of a channel became. */
export default defineLink(
  { linkable: ChannelMappingModule.linkable.hubExternalReference, field: "internal_id" },
  OrderModule.linkable.order,
  { readOnly: true }
)
