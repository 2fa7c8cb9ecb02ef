import { API_KEY, startFakeBookshop } from "../../../examples/sample-connector/__tests__/fake-bookshop"
import loadConnectors from "../../../src/modules/integration-config/loaders/load-connectors"
import type { HubConnectionDetail, HubConnectorsResponse } from "../../../src/types/http/connection"
import { CONNECTION_OPERATIONS } from "../../../src/types/states"
import { adminCall, type AdminCall } from "../../helpers/admin-call"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

interface One {
  readonly connection: HubConnectionDetail
}

export const connectorCases = (medusa: MedusaSuite): void =>
  describe("connectors", () => {
    const world = useWorld(medusa)
    let call: AdminCall

    beforeEach(async () => {
      call = await adminCall(world())
    })

    it("lists the catalogue with forms, never with a secret's value", async () => {
      const { body } = await call<HubConnectorsResponse>("GET", "/admin/hub/connectors")
      const simulator = body.connectors.find(({ id }) => id === "simulator")
      expect(simulator).toMatchObject({ support: "full", is_built_in: true, developer: "medusa-stock-hub" })
      expect(simulator?.options.find(({ name }) => name === "token")).toMatchObject({ is_secret: true })
      expect(simulator?.options.find(({ name }) => name === "base_url")).toMatchObject({
        is_secret: false,
        is_required: true,
      })
    })

    it("runs a connector of another package, loaded by the plugin option: from its settings to its numbers", async () => {
      const shop = await startFakeBookshop({ MUG: 1, TEA: 2, "999": 3 })
      try {
        const { body } = await call<HubConnectorsResponse>("GET", "/admin/hub/connectors")
        expect(body.connectors.find(({ id }) => id === "sample-bookshop")).toMatchObject({
          support: "stock",
          is_built_in: false,
        })
        const created = await call<One>("POST", "/admin/hub/connections", {
          name: "Books",
          connector_id: "sample-bookshop",
          settings: { base_url: shop.url, api_key: API_KEY },
          allowed_operations: CONNECTION_OPERATIONS,
          locations: world().shop.locationIds.map((stock_location_id) => ({ stock_location_id })),
        })
        expect(created.status).toBe(201)
        const { id } = created.body.connection
        await call("POST", `/admin/hub/connections/${id}/connect`, {})
        await world().drain()
        expect((await call("POST", `/admin/hub/connections/${id}/write-mode`, { write_mode: "live" })).status).toBe(202)
        await world().drain()
        expect(Object.fromEntries(shop.shelf)).toEqual({ MUG: 17, TEA: 7, "999": 3 })
      } finally {
        await shop.stop()
      }
    })

    it("refuses at boot what is no connector, and says what is wrong with it", async () => {
      const load = (connectors: readonly (string | object)[]): Promise<void> =>
        loadConnectors({ container: world().container, options: { connectors } })
      await expect(load([{ id: "Not Kebab" }])).rejects.toThrow(
        /entry 1 cannot be used, because its id is not in kebab-case/
      )
      await expect(load(["./there/is/none"])).rejects.toThrow(
        /"\.\/there\/is\/none" cannot be used, because it cannot be loaded/
      )
    })
  })
