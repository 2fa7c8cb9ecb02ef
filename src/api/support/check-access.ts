import { hasPermission } from "@medusajs/framework"
import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys, FeatureFlag } from "@medusajs/framework/utils"
import { loadPreset } from "../../engine/access/grants"
import { actionsOf, LEAST_PRESET } from "../../lib/access/presets"
import { HUB_ACTIONS, type HubAccessMode, type HubAction, type HubPreset } from "../../types/access"

/** What one caller may do, and what says so. */
export interface Access {
  readonly mode: HubAccessMode
  /** Null under Medusa's RBAC, where roles are made of actions as one likes. */
  readonly preset: HubPreset | null
  readonly actions: readonly HubAction[]
}

const rolesOf = (req: AuthenticatedMedusaRequest): string[] => {
  const roles = req.auth_context.app_metadata.roles
  return Array.isArray(roles) ? roles.filter((role): role is string => typeof role === "string") : []
}

async function rbacActions(req: AuthenticatedMedusaRequest): Promise<HubAction[]> {
  const roles = rolesOf(req)
  // Medusa's function says yes to somebody without a role; its own check of routes asks this first, too.
  if (roles.length === 0) {
    return []
  }
  const answers = await Promise.all(
    HUB_ACTIONS.map((operation) =>
      hasPermission({ roles, actions: { resource: "hub", operation }, container: req.scope })
    )
  )
  return HUB_ACTIONS.filter((_, index) => answers[index])
}

/** Asked anew with every request: a grant that is taken away is gone at once. */
export async function accessOf(req: AuthenticatedMedusaRequest): Promise<Access> {
  if (FeatureFlag.isFeatureEnabled("rbac")) {
    return { mode: "medusa-rbac", preset: null, actions: await rbacActions(req) }
  }
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { preset, isOpen } = await loadPreset(sql, req.auth_context.actor_id)
  return { mode: isOpen ? "open" : "grants", preset, actions: actionsOf(preset) }
}

const HOW_TO_GET_IT: Readonly<Record<HubAccessMode, (action: HubAction) => string>> = {
  open: () => "",
  grants: (action) =>
    `Somebody who is an owner of the hub can make you ${LEAST_PRESET[action]} under Settings, Hub access.`,
  "medusa-rbac": (action) => `It takes a role with the policy hub:${action}; an API key has no roles.`,
}

/** Why somebody may not do something, and who can change that. Pure. */
export const refusal = ({ mode, preset }: Access, action: HubAction): string =>
  [
    `This needs the action "${action}", which you do not have${preset === null ? "" : ` as ${preset}`}.`,
    HOW_TO_GET_IT[mode](action),
  ]
    .join(" ")
    .trim()
