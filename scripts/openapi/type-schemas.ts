import ts from "typescript"

/** JSON Schema, as far as the types of the answers need it. */
export type Schema = Record<string, unknown>

const has = (type: ts.Type, flag: ts.TypeFlags): boolean => (type.flags & flag) !== 0

/** Keeps the order of the sources where the compiler's would change with unrelated types. */
const inOrder = (values: readonly unknown[]): unknown[] =>
  [...values].sort((left, right) => String(left).localeCompare(String(right)))

/**
 * JSON Schemas of exported types. Named interfaces become references, so that the document reads like the sources.
 * Every field of an object has to be there unless it is optional, and no others may be: an answer that grew is noticed.
 */
export class TypeSchemas {
  readonly schemas: Record<string, Schema> = {}

  constructor(private readonly checker: ts.TypeChecker) {}

  /** Adds a named type and all that it refers to. */
  add(name: string, type: ts.Type): void {
    if (name in this.schemas) {
      return
    }
    this.schemas[name] = {}
    this.schemas[name] = { ...this.describe(type), ...this.objectOf(type) }
  }

  private schemaOf(type: ts.Type): Schema {
    if (type.isUnion()) {
      return this.unionOf(type)
    }
    return this.plainOf(type) ?? this.referenceOf(type)
  }

  private plainOf(type: ts.Type): Schema | null {
    if (type.isStringLiteral() || type.isNumberLiteral()) {
      return { const: type.value }
    }
    if (has(type, ts.TypeFlags.BooleanLiteral)) {
      return { const: this.checker.typeToString(type) === "true" }
    }
    if (has(type, ts.TypeFlags.String)) {
      return { type: "string" }
    }
    if (has(type, ts.TypeFlags.Number)) {
      return { type: "number" }
    }
    if (has(type, ts.TypeFlags.Boolean)) {
      return { type: "boolean" }
    }
    if (has(type, ts.TypeFlags.Null)) {
      return { type: "null" }
    }
    return has(type, ts.TypeFlags.Unknown | ts.TypeFlags.Any) ? {} : null
  }

  private referenceOf(type: ts.Type): Schema {
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference)
      return { type: "array", items: item ? this.schemaOf(item) : {} }
    }
    const name = type.aliasSymbol?.name ?? type.symbol.name
    if (type.isClassOrInterface() && name !== "__type") {
      this.add(name, type)
      return { $ref: `#/components/schemas/${name}` }
    }
    return this.objectOf(type)
  }

  private unionOf(type: ts.UnionType): Schema {
    const members = type.types.filter((member) => !has(member, ts.TypeFlags.Undefined))
    const isNullable = members.some((member) => has(member, ts.TypeFlags.Null))
    const rest = members.filter((member) => !has(member, ts.TypeFlags.Null))
    if (rest.every((member) => has(member, ts.TypeFlags.BooleanLiteral)) && rest.length === 2) {
      return { type: isNullable ? ["boolean", "null"] : "boolean" }
    }
    const literals = rest.flatMap((member) => (member.isLiteral() ? [member.value] : []))
    if (literals.length === rest.length) {
      return { enum: [...inOrder(literals), ...(isNullable ? [null] : [])] }
    }
    const schemas = rest.map((member) => this.schemaOf(member))
    const [only] = schemas
    if (schemas.length === 1 && only && typeof only.type === "string" && isNullable) {
      return { ...only, type: [only.type, "null"] }
    }
    return schemas.length === 1 && only && !isNullable
      ? only
      : { anyOf: [...schemas, ...(isNullable ? [{ type: "null" }] : [])] }
  }

  private objectOf(type: ts.Type): Schema {
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String)
    if (index) {
      return { type: "object", additionalProperties: this.schemaOf(index.type) }
    }
    const properties = this.checker.getPropertiesOfType(type)
    const isOptional = (property: ts.Symbol): boolean => (property.flags & ts.SymbolFlags.Optional) !== 0
    return {
      type: "object",
      properties: Object.fromEntries(
        properties.map((property) => [
          property.name,
          { ...this.describe(property), ...this.schemaOf(this.checker.getTypeOfSymbol(property)) },
        ])
      ),
      required: properties.filter((property) => !isOptional(property)).map(({ name }) => name),
      additionalProperties: false,
    }
  }

  /** The comment above it. */
  private describe(what: ts.Type | ts.Symbol): Schema {
    const symbol = "symbol" in what ? what.symbol : what
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).replace(/\s+/g, " ")
    return comment === "" ? {} : { description: comment }
  }
}
