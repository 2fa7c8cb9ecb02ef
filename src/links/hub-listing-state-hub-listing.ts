import { defineLink } from "@medusajs/framework/utils"
import SyncModule from "../modules/sync"
import ChannelMappingModule from "../modules/channel-mapping"

/** The listing whose number a state is about. */
export default defineLink(
  { linkable: SyncModule.linkable.hubListingState, field: "listing_id" },
  ChannelMappingModule.linkable.hubListing,
  { readOnly: true }
)
