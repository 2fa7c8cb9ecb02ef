const OPTION_TYPES: readonly unknown[] = ["text", "url", "number", "boolean"]
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function optionMistake([name, option]: readonly [string, unknown]): string | null {
  if (!isRecord(option) || !OPTION_TYPES.includes(option.type)) {
    return `its option "${name}" has no type that the hub knows (text, url, number, boolean)`
  }
  if (typeof option.label !== "string" || option.label === "") {
    return `its option "${name}" has no label`
  }
  const wanted = option.type === "number" ? "number" : option.type === "boolean" ? "boolean" : null
  return wanted !== null && typeof option.default !== wanted ? `its option "${name}" has no default` : null
}

/**
 * Whether something is a connector as `defineConnector` makes one, looked at from outside and without calling it.
 *
 * @returns what is wrong with it, as the second half of a sentence; null when it is one
 */
export function findConnectorMistake(value: unknown): string | null {
  if (!isRecord(value)) {
    return "it is no object; export what defineConnector returns"
  }
  if (typeof value.id !== "string" || !ID.test(value.id)) {
    return "its id is not in kebab-case (a-z, 0-9, single hyphens)"
  }
  const text = (["label", "description"] as const).find((name) => typeof value[name] !== "string" || value[name] === "")
  if (text !== undefined) {
    return `it has no ${text}`
  }
  if (!isRecord(value.options)) {
    return "it declares no options; an empty object will do"
  }
  const method = (["traits", "baseUrl", "open"] as const).find((name) => typeof value[name] !== "function")
  if (method !== undefined) {
    return `it has no function ${method}()`
  }
  return (
    Object.entries(value.options)
      .map(optionMistake)
      .find((mistake) => mistake !== null) ?? null
  )
}
