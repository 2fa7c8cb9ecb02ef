import type { HubConnector } from "../../../types"
import { translateConnector } from "../translate-connector"

const option = { type: "text", is_required: true, is_secret: true, default: null, min: null, max: null } as const

const connector: HubConnector = {
  id: "simulator",
  label: "Simulator",
  description: "A fake channel",
  developer: null,
  version: null,
  support: "full",
  passed: [],
  capabilities: [],
  dependencies: ["nothing"],
  guide: ["Start it."],
  guide_url: null,
  is_built_in: true,
  options: [
    { ...option, name: "token", label: "Token", help: "A secret" },
    { ...option, name: "other", label: "Other", help: null },
  ],
  connection_count: 0,
  translations: {
    de: {
      description: "Ein unechter Kanal",
      dependencies: null,
      guide: ["Starte ihn."],
      options: { token: { label: "Schlüssel", help: null } },
    },
  },
}

describe("a connector in the words of a language", () => {
  it("takes what is translated and keeps the rest", () => {
    expect(translateConnector(connector, "de-AT")).toMatchObject({
      label: "Simulator",
      description: "Ein unechter Kanal",
      dependencies: ["nothing"],
      guide: ["Starte ihn."],
      options: [
        { name: "token", label: "Schlüssel", help: "A secret" },
        { name: "other", label: "Other", help: null },
      ],
    })
  })

  it("stays as it is in a language that it does not know", () => {
    expect(translateConnector(connector, "fr")).toBe(connector)
  })
})
