import type { HubAccessMode, HubAction, HubPreset } from "../../../types"

/** Who may do what. */
export const access = {
  title: "Hub access",
  about: "Who may do what with the hub. A change holds from the next click on.",
  mode: {
    open: "Nobody has been granted anything yet, so everybody who can log in may do everything. Your first grant ends that: you become an owner, and everybody without a grant may only view.",
    grants: "Who has no grant may view. There is always at least one person who is an owner.",
    "medusa-rbac":
      "Medusa's RBAC decides. Give roles the policies hub:view, hub:operate, hub:configure and hub:secrets there; what you could change here would count for nothing.",
  } satisfies Record<HubAccessMode, string>,
  preset: {
    none: "None",
    viewer: "Viewer",
    operator: "Operator",
    manager: "Manager",
    owner: "Owner",
  } satisfies Record<HubPreset, string>,
  may: {
    none: "sees nothing of the hub",
    viewer: "reads everything but secrets",
    operator: "also runs, retries, pauses, releases and goes live",
    manager: "also sets up connections, mappings and rules",
    owner: "also enters credentials and says who may do what",
  } satisfies Record<HubPreset, string>,
  who: "Who",
  kind: "Kind",
  user: "Person",
  key: "Secret API key",
  you: "you",
  granted: "May act as",
  noGrant: (preset: string) => `No grant (${preset})`,
  saved: (who: string, preset: string) => `${who}: ${preset}`,
  action: {
    view: "view",
    operate: "operate",
    configure: "configure",
    secrets: "manage secrets",
  } satisfies Record<HubAction, string>,
  lacking: (action: string) => `You may not ${action} here. An owner can change that under Settings, Hub access.`,
  presets: "What each may do",
}
