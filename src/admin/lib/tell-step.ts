import type { HubExplanationStep } from "../../types"

interface OfLevel {
  readonly stocked: string
  readonly reserved: string
  readonly available: string
}

interface OfRule {
  readonly from: string
  readonly figure: string
  readonly value: string
}

/** The words of one language for the steps of a derivation. Numbers arrive written out. */
export interface StepWords {
  readonly allLocations: string
  readonly available: (level: OfLevel) => string
  readonly oddReserved: (level: OfLevel) => string
  readonly notStocked: string
  readonly inAll: (available: string) => string
  readonly enoughFor: (required: string, item: string, value: string, isKit: boolean) => string
  readonly limitedBy: (value: string, item: string) => string
  readonly total: (locations: string, value: string) => string
  readonly unmanaged: (value: string) => string
  readonly leftAlone: Readonly<Record<string, string>>
  readonly rule: Readonly<Record<string, (rule: OfRule) => string>>
}

const named = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "?")

/** A figure, with the minus sign that is as wide as a digit. */
const written = (value: unknown): string => named(value).replace("-", "−")

/**
 * Tells a step of a derivation from its code and parameters. A step that these words do not know, from a newer server, is told
 * in the server's own English.
 */
export function tellStep({ code, params, value, text }: HubExplanationStep, words: StepWords): string {
  const item = named(params.itemName ?? params.itemId)
  const place = params.locationId === null ? words.allLocations : named(params.locationName ?? params.locationId)
  const isKit = params.isKit === true
  const shown = written(value)
  const level = {
    stocked: written(params.stocked),
    reserved: written(params.reserved),
    available: written(params.available),
  }
  switch (code) {
    case "available": {
      const sum = level.reserved.startsWith("−") ? words.oddReserved(level) : words.available(level)
      return `${place}${isKit ? `, ${item}` : ""}: ${sum}`
    }
    case "not-stocked":
      return `${place}, ${item}: ${words.notStocked}`
    case "in-all":
      return `${words.allLocations}, ${item}: ${words.inAll(level.available)}`
    case "enough-for":
      return `${place}: ${words.enoughFor(written(params.required), item, shown, isKit)}`
    case "limited-by":
      return `${place}: ${words.limitedBy(shown, item)}`
    case "total":
      return words.total(written(params.locationCount), shown)
    case "unmanaged":
      return words.unmanaged(shown)
    case "left-alone":
      return words.leftAlone[named(params.reason)] ?? text
    default: {
      const rule = words.rule[code]
      return rule ? rule({ from: written(params.from), figure: written(params.figure), value: shown }) : text
    }
  }
}
