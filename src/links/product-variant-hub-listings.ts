import { defineLink } from "@medusajs/framework/utils"
import ProductModule from "@medusajs/medusa/product"
import ChannelMappingModule from "../modules/channel-mapping"

/** Everywhere that a variant is sold. */
export default defineLink(
  { linkable: ProductModule.linkable.productVariant, field: "id", isList: true },
  { ...ChannelMappingModule.linkable.hubListing.id, primaryKey: "variant_id" },
  { readOnly: true }
)
