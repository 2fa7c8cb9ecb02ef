import { HUB_ROUTES } from "../../../src/api/hub-routes"
import { actionsOf } from "../../../src/lib/access/presets"
import { HUB_PRESETS, type HubPreset } from "../../../src/types/access"
import type { HubAccessResponse } from "../../../src/types/http/access"
import { addAdmin, addKey, firstAdmin, stranger, type AdminClient, type Person } from "../../helpers/admin-client"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

/** With ids that nobody has: who may call gets to know that, and nothing happens. */
const pathOf = (path: string): string => path.replace(/:[a-z_]+/g, "nobody")

export const accessCases = (medusa: MedusaSuite): void =>
  describe("access", () => {
    const world = useWorld(medusa)

    const grant = (client: AdminClient, id: string, preset: HubPreset | null) =>
      client.call("POST", `/admin/hub/access/${id}`, { preset })

    async function addPresets(owner: Person): Promise<Map<HubPreset, Person>> {
      const people = new Map<HubPreset, Person>()
      for (const preset of HUB_PRESETS) {
        const person = await addAdmin(world(), `${preset}@stock-hub.test`)
        expect((await grant(owner.client, person.id, preset)).status).toBe(200)
        people.set(preset, person)
      }
      return people
    }

    it("gives every route to those presets that hold its action, and to nobody else", async () => {
      const owner = await firstAdmin(world())
      const people = await addPresets(owner)
      const wrong: string[] = []
      for (const { method, path, action } of HUB_ROUTES) {
        const nobody = await stranger(world()).call(method, pathOf(path), method === "GET" ? undefined : {})
        if (nobody.status !== 401) {
          wrong.push(`${method} ${path} answers ${nobody.status} to a stranger`)
        }
        for (const [preset, { client }] of people) {
          const { status, body } = await client.call(method, pathOf(path), method === "GET" ? undefined : {})
          const isAllowed = actionsOf(preset).includes(action)
          const isRefused = status === 403 && String(body.message).includes(`"${action}"`)
          if (status === 401 || status >= 500 || isAllowed === isRefused) {
            wrong.push(`${method} ${path} (${action}) answers ${status} to ${preset}: ${body.message}`)
          }
        }
      }
      expect(wrong).toEqual([])
    })

    it("is open until the first grant, which makes an owner of who makes it and viewers of the rest", async () => {
      const owner = await firstAdmin(world())
      const other = await addAdmin(world(), "other@stock-hub.test")
      const third = await addAdmin(world(), "third@stock-hub.test")
      const before = await third.client.call<HubAccessResponse>("GET", "/admin/hub/access")
      expect(before.body).toMatchObject({ mode: "open", me: { preset: "owner" } })
      expect((await grant(owner.client, other.id, "operator")).status).toBe(200)
      const { body } = await third.client.call<HubAccessResponse>("GET", "/admin/hub/access")
      expect(body).toMatchObject({ mode: "grants", me: { id: third.id, preset: "viewer", actions: ["view"] } })
      expect(Object.fromEntries(body.subjects.map(({ name, granted }) => [name, granted]))).toEqual({
        "a@stock-hub.test": "owner",
        "other@stock-hub.test": "operator",
        "third@stock-hub.test": null,
      })
      const refused = await third.client.call("POST", "/admin/hub/runs", { kind: "sweep" })
      expect(refused.status).toBe(403)
      expect(refused.body.message).toBe(
        'This needs the action "operate", which you do not have as viewer. Somebody who is an owner of the hub can make you operator under Settings, Hub access.'
      )
    })

    it("keeps the last owner, in words, and forgets one whose account is gone", async () => {
      const owner = await firstAdmin(world())
      const other = await addAdmin(world(), "other@stock-hub.test")
      await grant(owner.client, other.id, "operator")
      const last = await grant(owner.client, owner.id, "viewer")
      expect(last).toMatchObject({ status: 409, body: { message: expect.stringContaining("is the last owner") } })
      expect((await grant(owner.client, other.id, "owner")).status).toBe(200)
      await world().query(`UPDATE "user" SET deleted_at = now() WHERE id = :id`, { id: other.id })
      expect((await grant(owner.client, owner.id, "manager")).status).toBe(409)
      expect(await grant(owner.client, "user_nobody", "viewer")).toMatchObject({
        status: 404,
        body: { message: expect.stringContaining("user_nobody") },
      })
      expect((await grant(owner.client, owner.id, null)).status).toBe(200)
      expect((await owner.client.call("GET", "/admin/hub/access")).body).toMatchObject({ mode: "open" })
    })

    it("treats a secret key like a person, but never as the last owner", async () => {
      const owner = await firstAdmin(world())
      const key = await addKey(world(), owner)
      expect((await key.client.call("GET", "/admin/hub/overview")).status).toBe(200)
      expect((await grant(owner.client, key.id, "viewer")).status).toBe(200)
      expect((await key.client.call("GET", "/admin/hub/overview")).status).toBe(200)
      expect((await key.client.call("POST", "/admin/hub/runs", { kind: "sweep" })).status).toBe(403)
      expect((await grant(owner.client, key.id, "owner")).status).toBe(200)
      expect((await grant(key.client, owner.id, "viewer")).status).toBe(409)
    })
  })
