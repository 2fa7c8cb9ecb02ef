/** What a person may do with the hub. Every route names one of them, and every button asks for the one of its route. */
export const HUB_ACTIONS = ["view", "operate", "configure", "secrets"] as const

/**
 * - `view`: read everything but secrets.
 * - `operate`: run, retry, pause, release, go live, repair.
 * - `configure`: connections, mappings, rules.
 * - `secrets`: put credentials in. Nobody ever gets them out again.
 */
export type HubAction = (typeof HUB_ACTIONS)[number]
