import type { GivenConnection } from "../types/options"

/** Where a setting comes from. Code wins over the environment, the environment over what is stored. */
export type SettingOrigin = "code" | "environment" | "stored"

/** How a text of the environment is to be read. */
export type SettingForm = "text" | "number" | "boolean" | "list"

export interface GivenSetting {
  readonly origin: Exclude<SettingOrigin, "stored">
  /** The key of `connections`, or the name of the variable. */
  readonly where: string
  readonly value: unknown
}

/** `Shop Nº 1` → `SHOP_N_1`. */
const toVariablePart = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toUpperCase()

/** Name of the variable that gives a setting of a connection: `HUB_CONNECTION_MY_SHOP_TOKEN`. */
export const variableOf = (connectionName: string, setting: string): string =>
  `HUB_CONNECTION_${toVariablePart(connectionName)}_${toVariablePart(setting)}`

/** A text that cannot be read stays a text: whoever checks the setting then refuses it in words. */
function readText(text: string, form: SettingForm): unknown {
  switch (form) {
    case "number":
      return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text)
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text
    case "list":
      return text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
    case "text":
      return text
  }
}

/** Settings of a connection that have a column of their own. */
export const CONFIG_FORMS = {
  request_timeout_ms: "number",
  most_attempts: "number",
  daily_quota: "number",
  allowed_operations: "list",
} as const satisfies Readonly<Record<string, SettingForm>>

export type ConfigName = keyof typeof CONFIG_FORMS

export interface GivenSources {
  readonly code: Readonly<Record<string, GivenConnection>>
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface Given {
  /** Options of the connector. */
  readonly settings: ReadonlyMap<string, GivenSetting>
  readonly config: ReadonlyMap<string, GivenSetting>
}

/**
 * What code and environment give a connection. Code is looked up by id, then by name; the environment by name.
 *
 * @param optionForms the options of its connector
 */
export function givenFor(
  connection: { readonly id: string; readonly name: string },
  sources: GivenSources,
  optionForms: Readonly<Record<string, SettingForm>>
): Given {
  const key = Object.hasOwn(sources.code, connection.id) ? connection.id : connection.name
  const code = Object.hasOwn(sources.code, key) ? sources.code[key] : undefined
  const collect = (
    forms: Readonly<Record<string, SettingForm>>,
    inCode: Readonly<Record<string, unknown>>
  ): ReadonlyMap<string, GivenSetting> => {
    const given = new Map<string, GivenSetting>()
    for (const [name, form] of Object.entries(forms)) {
      const variable = variableOf(connection.name, name)
      const text = sources.environment[variable]
      if (Object.hasOwn(inCode, name) && inCode[name] !== undefined) {
        given.set(name, { origin: "code", where: `connections["${key}"]`, value: inCode[name] })
      } else if (text !== undefined && text !== "") {
        given.set(name, { origin: "environment", where: variable, value: readText(text, form) })
      }
    }
    return given
  }
  const { settings = {}, ...config } = code ?? {}
  return { settings: collect(optionForms, settings), config: collect(CONFIG_FORMS, config) }
}
