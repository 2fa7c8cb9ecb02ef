import { definePolicies } from "@medusajs/framework/utils"
import { HUB_ACTIONS } from "../types/access"

/** For Medusa's RBAC, where it is switched on: roles may hold `hub:view`, `hub:operate`, `hub:configure`, `hub:secrets`. */
export const hubPolicies = definePolicies(
  HUB_ACTIONS.map((action) => ({
    name: `Hub${action.charAt(0).toUpperCase()}${action.slice(1)}`,
    resource: "hub",
    operation: action,
  }))
)
