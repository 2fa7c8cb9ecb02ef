/** What a person may do with the hub. Every route names one of them, and every button asks for the one of its route. */
export const HUB_ACTIONS = ["view", "operate", "configure", "secrets"] as const

/**
 * - `view`: read everything but secrets.
 * - `operate`: run, retry, pause, release, go live, repair.
 * - `configure`: connections, mappings, rules.
 * - `secrets`: put credentials in, and say who may do what. Nobody ever gets a credential out again.
 */
export type HubAction = (typeof HUB_ACTIONS)[number]

/** What can be granted, from least to most. Each may do what the one before may, and one thing more. */
export const HUB_PRESETS = ["none", "viewer", "operator", "manager", "owner"] as const

export type HubPreset = (typeof HUB_PRESETS)[number]

/** Who asks: a person, or a secret API key. */
export const HUB_SUBJECT_TYPES = ["user", "api-key"] as const

export type HubSubjectType = (typeof HUB_SUBJECT_TYPES)[number]

/**
 * What decides access.
 *
 * - `open`: nobody has been granted anything yet, and everybody who can log in may do everything.
 * - `grants`: the hub's own grants; who has none may view.
 * - `medusa-rbac`: the roles of Medusa's RBAC, with the policies `hub:view` to `hub:secrets`.
 */
export const HUB_ACCESS_MODES = ["open", "grants", "medusa-rbac"] as const

export type HubAccessMode = (typeof HUB_ACCESS_MODES)[number]
