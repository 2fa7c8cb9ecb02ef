import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type HubChannelMappingService from "../../../modules/channel-mapping/service"
import { HubModules } from "../../../types/modules"

export interface CreateHubLocationMappingsStepInput {
  readonly company_id: string
  readonly connection_id: string
  readonly locations: readonly { readonly stock_location_id: string; readonly external_location_id: string }[]
}

/** This step notes which Medusa locations feed which locations of the channel. Class: delete-created. */
export const createHubLocationMappingsStep = createStep(
  "create-hub-location-mappings",
  async (input: CreateHubLocationMappingsStepInput, { container }) => {
    if (input.locations.length === 0) {
      return new StepResponse([], [])
    }
    const service = container.resolve<HubChannelMappingService>(HubModules.CHANNEL_MAPPING)
    const mappings = await service.createHubLocationMappings(
      input.locations.map((location) => ({
        company_id: input.company_id,
        connection_id: input.connection_id,
        stock_location_id: location.stock_location_id,
        external_location_id: location.external_location_id,
      }))
    )
    const ids = mappings.map((mapping) => mapping.id)
    return new StepResponse(ids, ids)
  },
  async (ids, { container }) => {
    if (!ids?.length) {
      return
    }
    await container.resolve<HubChannelMappingService>(HubModules.CHANNEL_MAPPING).deleteHubLocationMappings(ids)
  }
)
