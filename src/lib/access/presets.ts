import type { HubAction, HubPreset } from "../../types/access"

const ACTIONS: Readonly<Record<HubPreset, readonly HubAction[]>> = {
  none: [],
  viewer: ["view"],
  operator: ["view", "operate"],
  manager: ["view", "operate", "configure"],
  owner: ["view", "operate", "configure", "secrets"],
}

/** What a preset may do. */
export const actionsOf = (preset: HubPreset): readonly HubAction[] => ACTIONS[preset]

/** The least preset that may do it: whom to ask for, when somebody may not. */
export const LEAST_PRESET: Readonly<Record<HubAction, HubPreset>> = {
  view: "viewer",
  operate: "operator",
  configure: "manager",
  secrets: "owner",
}

/** What somebody without a grant may do once the first grant has been made. */
export const DEFAULT_PRESET: HubPreset = "viewer"
