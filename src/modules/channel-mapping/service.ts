import { MedusaService } from "@medusajs/framework/utils"
import { HubExternalReference } from "./models/hub-external-reference"
import { HubListing } from "./models/hub-listing"
import { HubLocationMapping } from "./models/hub-location-mapping"
import { HubMappingBatch } from "./models/hub-mapping-batch"
import { HubMappingBatchItem } from "./models/hub-mapping-batch-item"
import { HubSavedView } from "./models/hub-saved-view"

/** Listings, what they sell and who said so; location mappings, external references, saved views. */
export default class HubChannelMappingService extends MedusaService({
  HubListing,
  HubLocationMapping,
  HubExternalReference,
  HubMappingBatch,
  HubMappingBatchItem,
  HubSavedView,
}) {}
