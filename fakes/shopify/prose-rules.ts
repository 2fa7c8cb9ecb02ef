import { Kind, type DocumentNode, type FieldNode, visit } from "graphql"
import { argumentOf } from "./cost"
import type { ProseLimits } from "./load-schema"

type Variables = Readonly<Record<string, unknown>>

/** Counts how often each rule of Shopify's prose was looked at, and how often it was broken. */
export class RuleBook {
  private readonly counts = new Map<string, { checked: number; broken: number }>()
  private readonly examples: string[] = []

  note(rule: string, isKept: boolean, example = ""): void {
    const count = this.counts.get(rule) ?? { checked: 0, broken: 0 }
    count.checked += 1
    if (!isKept) {
      count.broken += 1
      if (this.examples.length < 20) {
        this.examples.push(`${rule}: ${example}`)
      }
    }
    this.counts.set(rule, count)
  }

  get broken(): number {
    return [...this.counts.values()].reduce((sum, { broken }) => sum + broken, 0)
  }

  /** For people: one row for each rule, and what broke it. */
  report(): {
    readonly rules: Readonly<Record<string, { checked: number; broken: number }>>
    readonly examples: string[]
  } {
    return { rules: Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1))), examples: this.examples }
  }
}

const isRecord = (value: unknown): value is Variables =>
  typeof value === "object" && value !== null && !Array.isArray(value)

interface Fields {
  readonly fields: readonly FieldNode[]
  readonly roots: readonly FieldNode[]
}

function fieldsOf(document: DocumentNode): Fields {
  const fields: FieldNode[] = []
  visit(document, { Field: (field) => void fields.push(field) })
  const roots = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD)
      : []
  )
  return { fields, roots }
}

/** The rules about one list of quantities. */
function checkQuantities(book: RuleBook, input: Variables, limits: ProseLimits): void {
  const { quantities, name } = input
  const rows = Array.isArray(quantities) ? quantities.filter(isRecord) : []
  book.note("quantities: at most 250", rows.length <= limits.mostQuantities, String(rows.length))
  book.note("quantities: available or on_hand", limits.quantity.names.includes(String(name)), String(name))
  const pairs = new Set(rows.map((row) => `${String(row.inventoryItemId)} ${String(row.locationId)}`))
  book.note("quantities: each place once", pairs.size === rows.length, `${rows.length - pairs.size} twice`)
  for (const row of rows) {
    const { quantity, changeFromQuantity } = row
    const isWithin = typeof quantity === "number" && quantity >= limits.quantity.min && quantity <= limits.quantity.max
    book.note("quantities: within bounds", isWithin, String(quantity))
    const isSaid =
      "changeFromQuantity" in row && (changeFromQuantity === null || Number.isSafeInteger(changeFromQuantity))
    book.note("quantities: changeFromQuantity said", isSaid, JSON.stringify(row).slice(0, 200))
  }
}

/** Holds a request against everything that Shopify asks for in prose only. */
export function checkProse(
  book: RuleBook,
  document: DocumentNode,
  {
    variables,
    limits,
    points,
  }: { readonly variables: Variables; readonly limits: ProseLimits; readonly points: number }
): void {
  const { fields, roots } = fieldsOf(document)
  for (const field of fields) {
    const first = argumentOf(field, "first", variables)
    if (typeof first === "number") {
      book.note("first: at most 250", first >= 1 && first <= limits.mostOnPage, `${field.name.value} ${first}`)
    }
    const ids = argumentOf(field, "ids", variables)
    if (Array.isArray(ids)) {
      book.note("nodes: at most 250", ids.length <= limits.mostNodes, String(ids.length))
    }
  }
  for (const field of roots) {
    if (limits.idempotent.includes(field.name.value)) {
      const directive = field.directives?.find(({ name }) => name.value === "idempotent")
      const key = directive?.arguments?.[0]?.value
      const isKeyed = key?.kind === Kind.VARIABLE && typeof variables[key.name.value] === "string"
      book.note(`${field.name.value}: @idempotent`, isKeyed, "no key")
    }
    const { input } = variables
    if (field.name.value === "inventorySetQuantities" && isRecord(input)) {
      checkQuantities(book, input, limits)
    }
  }
  book.note("a question: at most 1000 points", points <= limits.mostPoints, String(points))
}
