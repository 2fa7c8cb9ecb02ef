/** Registration keys of the hub's Medusa modules. */
export const HubModules = {
  INTEGRATION_CONFIG: "hub_integration_config",
  CHANNEL_MAPPING: "hub_channel_mapping",
  SYNC: "hub_sync",
} as const
