import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { connectorIds, connectorRegistry, createConnectorRegistry } from "../index"
import { simulatorConnector } from "../simulator"

const FOLDER = join(__dirname, "..")

describe("the registry of connectors", () => {
  it("lists every folder of connectors, and nothing else", () => {
    const folders = readdirSync(FOLDER).filter(
      (name) => !name.startsWith("__") && statSync(join(FOLDER, name)).isDirectory()
    )
    expect([...connectorIds].sort()).toEqual(folders.sort())
  })

  it("finds a connector by its id", () => {
    expect(connectorRegistry().get("simulator")).toBe(simulatorConnector)
    expect(connectorRegistry().has("simulator")).toBe(true)
    expect(connectorRegistry().has("toString")).toBe(false)
  })

  it("says which connectors there are when it is asked for another", () => {
    expect(() => connectorRegistry().get("shopware")).toThrow(
      'There is no connector "shopware". Known connectors: simulator, shopify.'
    )
  })

  it("takes connectors from outside, but not two with one id", () => {
    const mine = { ...simulatorConnector, id: "mine" }
    expect(createConnectorRegistry([mine]).get("mine")).toBe(mine)
    expect(connectorRegistry().has("mine")).toBe(false)
    expect(() => createConnectorRegistry([mine, mine])).toThrow('Two connectors are called "mine"')
  })
})
