import type { HubConnector } from "../../types"

/** The connector in the words of a language, as far as it has them. */
export function translateConnector(connector: HubConnector, language: string): HubConnector {
  const texts = connector.translations[language.split("-")[0] ?? ""]
  if (texts === undefined) {
    return connector
  }
  return {
    ...connector,
    description: texts.description ?? connector.description,
    dependencies: texts.dependencies ?? connector.dependencies,
    guide: texts.guide ?? connector.guide,
    options: connector.options.map((option) => ({
      ...option,
      label: texts.options[option.name]?.label ?? option.label,
      help: texts.options[option.name]?.help ?? option.help,
    })),
  }
}
