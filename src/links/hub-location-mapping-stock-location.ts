import { defineLink } from "@medusajs/framework/utils"
import ChannelMappingModule from "../modules/channel-mapping"
import StockLocationModule from "@medusajs/medusa/stock-location"

/** The stock location that feeds a location of a channel. */
export default defineLink(
  { linkable: ChannelMappingModule.linkable.hubLocationMapping, field: "stock_location_id" },
  StockLocationModule.linkable.stockLocation,
  { readOnly: true }
)
