import { defineLink } from "@medusajs/framework/utils"
import ChannelMappingModule from "../modules/channel-mapping"
import ProductModule from "@medusajs/medusa/product"

/** The variant that a listing sells. */
export default defineLink(
  { linkable: ChannelMappingModule.linkable.hubListing, field: "variant_id" },
  ProductModule.linkable.productVariant,
  { readOnly: true }
)
