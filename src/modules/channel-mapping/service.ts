import { MedusaService } from "@medusajs/framework/utils"
import { HubExternalReference } from "./models/hub-external-reference"
import { HubListing } from "./models/hub-listing"
import { HubLocationMapping } from "./models/hub-location-mapping"

/** Listings, location mappings and external references. */
export default class HubChannelMappingService extends MedusaService({
  HubListing,
  HubLocationMapping,
  HubExternalReference,
}) {}
