import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { HUB_ROUTES } from "../../src/api/hub-routes"
import { HUB_ACTIONS, type HubAction } from "../../src/types/access"
import type { HubAccessResponse } from "../../src/types/http/access"
import { addAdmin, personOf, type Person } from "../helpers/admin-client"
import { useWorld } from "../helpers/use-world"

jest.setTimeout(120_000)

process.env.HUB_ENCRYPTION_KEYS = `test:${Buffer.alloc(32, 1).toString("base64")}`
process.env.MEDUSA_FF_RBAC = "true"

interface RbacService {
  listRbacPolicies(filters: { resource: string }): Promise<{ id: string; operation: string }[]>
  createRbacRoles(roles: { name: string }[]): Promise<{ id: string }[]>
  createRbacRolePolicies(rows: { role_id: string; policy_id: string }[]): Promise<unknown>
}

/** A role that holds the first so many actions of the hub. */
async function createRole(container: MedusaContainer, actions: readonly HubAction[]): Promise<string> {
  const rbac = container.resolve<RbacService>("rbac")
  const policies = await rbac.listRbacPolicies({ resource: "hub" })
  expect(policies.map(({ operation }) => operation).sort()).toEqual([...HUB_ACTIONS].sort())
  const [role] = await rbac.createRbacRoles([{ name: `Hub ${actions.join(" ")}` }])
  const roleId = role?.id ?? ""
  await rbac.createRbacRolePolicies(
    policies
      .filter(({ operation }) => actions.some((action) => action === operation))
      .map(({ id }) => ({ role_id: roleId, policy_id: id }))
  )
  return roleId
}

medusaIntegrationTestRunner({
  inApp: true,
  env: { HUB_DEMO_ADMIN: "off" },
  testSuite: (medusa) =>
    describe("under Medusa's RBAC", () => {
      const world = useWorld(medusa)

      async function addWithRole(actions: readonly HubAction[]): Promise<Person> {
        const email = `${actions.join("-") || "none"}@stock-hub.test`
        const person = await addAdmin(world(), email)
        if (actions.length > 0) {
          const roleId = await createRole(world().container, actions)
          await world()
            .container.resolve(ContainerRegistrationKeys.LINK)
            .create({ [Modules.USER]: { user_id: person.id }, rbac: { rbac_role_id: roleId } })
        }
        // The token says which roles it has, so it has to be a new one.
        return { ...person, client: (await personOf(world(), email)).client }
      }

      it("routes go by the policies of a role, and the hub's own grants count for nothing", async () => {
        const wrong: string[] = []
        for (const count of [0, 1, 2, 3, 4]) {
          const actions = HUB_ACTIONS.slice(0, count)
          const { client, id } = await addWithRole(actions)
          for (const { method, path, action } of HUB_ROUTES) {
            const url = path.replace(/:[a-z_]+/g, "nobody")
            const { status, body } = await client.call(method, url, method === "GET" ? undefined : {})
            const isRefused = status === 403 && String(body.message).includes(`"${action}"`)
            if (status >= 500 || status === 401 || actions.includes(action) === isRefused) {
              wrong.push(`${method} ${path} (${action}) answers ${status} to ${actions.join("+")}: ${body.message}`)
            }
          }
          if (count > 0) {
            const access = await client.call<HubAccessResponse>("GET", "/admin/hub/access")
            expect(access.body).toMatchObject({ mode: "medusa-rbac", me: { id, preset: null, actions } })
          }
        }
        expect(wrong).toEqual([])
      })
    }),
})
