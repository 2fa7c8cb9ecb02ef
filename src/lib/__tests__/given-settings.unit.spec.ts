import fc from "fast-check"
import { givenFor, variableOf, type GivenSources } from "../given-settings"

const FORMS = { base_url: "text", token: "text", max_batch: "number", has_locations: "boolean" } as const
const shop = { id: "hconn_1", name: "My Shop" }

const given = (sources: Partial<GivenSources>) => givenFor(shop, { code: {}, environment: {}, ...sources }, FORMS)

describe("settings from code and environment", () => {
  it("gives nothing where nothing is given", () => {
    expect(
      given({ code: { Other: { settings: { token: "t" } } }, environment: { HUB_CONNECTION_OTHER_TOKEN: "t" } })
    ).toEqual({
      settings: new Map(),
      config: new Map(),
    })
  })

  it("lets code win over the environment, and says where each comes from", () => {
    const { settings, config } = given({
      code: { "My Shop": { settings: { token: "of-code" }, daily_quota: 5 } },
      environment: {
        HUB_CONNECTION_MY_SHOP_TOKEN: "of-environment",
        HUB_CONNECTION_MY_SHOP_MAX_BATCH: "7",
        HUB_CONNECTION_MY_SHOP_DAILY_QUOTA: "9",
        HUB_CONNECTION_MY_SHOP_ALLOWED_OPERATIONS: "read-stock, read-listings",
      },
    })
    expect(Object.fromEntries(settings)).toEqual({
      token: { origin: "code", where: 'connections["My Shop"]', value: "of-code" },
      max_batch: { origin: "environment", where: "HUB_CONNECTION_MY_SHOP_MAX_BATCH", value: 7 },
    })
    expect(config.get("daily_quota")).toMatchObject({ origin: "code", value: 5 })
    expect(config.get("allowed_operations")?.value).toEqual(["read-stock", "read-listings"])
  })

  it("prefers the id over the name in code", () => {
    const { settings } = given({
      code: { hconn_1: { settings: { token: "by-id" } }, "My Shop": { settings: { token: "by-name" } } },
    })
    expect(settings.get("token")?.value).toBe("by-id")
  })

  it("leaves a text that is no number as it is, so that it is refused and not taken for zero", () => {
    expect(given({ environment: { HUB_CONNECTION_MY_SHOP_MAX_BATCH: "many" } }).settings.get("max_batch")?.value).toBe(
      "many"
    )
  })

  it("names variables that every shell can set", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...Object.keys(FORMS)), (name, setting) => {
        expect(variableOf(name, setting)).toMatch(/^HUB_CONNECTION_[A-Z0-9_]*$/)
      })
    )
    expect(variableOf("Café Nº 1", "base_url")).toBe("HUB_CONNECTION_CAFE_NO_1_BASE_URL")
  })
})
