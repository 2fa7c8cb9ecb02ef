import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql"

/*
 * Points of a question. Shopify publishes what a scalar, an object and a mutation cost, and not how connections are counted:
 * here each entry asked for costs as much as itself, which is dearer than what people report. So what fits here fits there.
 */

const MUTATION = 10
const CONNECTION = 2

type Variables = Readonly<Record<string, unknown>>

interface Question {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Variables
}

/** The value of an argument, as far as it is a number, a list or a text. */
export function argumentOf(field: FieldNode, name: string, variables: Variables): unknown {
  const node = field.arguments?.find((argument) => argument.name.value === name)?.value
  return node && valueOf(node, variables)
}

function valueOf(node: ValueNode, variables: Variables): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value]
    case Kind.INT:
      return Number(node.value)
    case Kind.STRING:
    case Kind.ENUM:
      return node.value
    case Kind.LIST:
      return node.values.map((value) => valueOf(value, variables))
    default:
      return undefined
  }
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type)

/** How many entries a field may give. */
function entriesOf(field: FieldNode, type: GraphQLOutputType, variables: Variables): number {
  const ids = argumentOf(field, "ids", variables)
  const first = argumentOf(field, "first", variables)
  return Array.isArray(ids) ? ids.length : typeof first === "number" && isList(type) ? first : 1
}

function costOfField(question: Question, parent: GraphQLNamedType, field: FieldNode): number {
  const type = isObjectType(parent) ? parent.getFields()[field.name.value]?.type : undefined
  const named = type && getNamedType(type)
  if (!type || !named || !isCompositeType(named) || !field.selectionSet) {
    return 0
  }
  if (named.name === "PageInfo") {
    return 0
  }
  if (named.name.endsWith("Connection")) {
    const first = argumentOf(field, "first", question.variables)
    const inner = costOfSelection(question, named, field.selectionSet)
    return CONNECTION + (typeof first === "number" ? first : 1) * inner
  }
  const own = 1 + costOfSelection(question, named, field.selectionSet)
  return own * entriesOf(field, type, question.variables)
}

function costOfSelection(question: Question, parent: GraphQLNamedType, { selections }: SelectionSetNode): number {
  let cost = 0
  let dearest = 0
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      cost += costOfField(question, parent, selection)
      continue
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? question.fragments.get(selection.name.value) : selection
    const condition = fragment?.typeCondition?.name.value
    const type = condition === undefined ? parent : question.schema.getType(condition)
    if (fragment && type) {
      // Of several types a value has only one.
      dearest = Math.max(dearest, costOfSelection(question, type, fragment.selectionSet))
    }
  }
  return cost + dearest
}

/** What a question costs before it is answered. */
export function requestedCost(question: Question, operation: OperationDefinitionNode): number {
  if (operation.operation === OperationTypeNode.MUTATION) {
    return operation.selectionSet.selections.length * MUTATION
  }
  const root = question.schema.getQueryType()
  return root ? Math.max(1, costOfSelection(question, root, operation.selectionSet)) : 1
}

/** What an answer turned out to cost: an object is a point. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) {
    return data.reduce((sum: number, entry) => sum + actualCost(entry), 0)
  }
  if (typeof data !== "object" || data === null) {
    return 0
  }
  return Object.entries(data).reduce((sum, [name, value]) => sum + (name === "pageInfo" ? 0 : actualCost(value)), 1)
}

/** A shop's bucket of points. */
export class PointsBucket {
  private level: number
  private at: number

  constructor(
    private readonly settings: { readonly capacity: number; readonly perSecond: number },
    now: number
  ) {
    this.level = settings.capacity
    this.at = now
  }

  private refill(now: number): void {
    const { capacity, perSecond } = this.settings
    this.level = Math.min(capacity, this.level + (Math.max(0, now - this.at) / 1_000) * perSecond)
    this.at = Math.max(this.at, now)
  }

  /** Whether there is enough for a question now. */
  mayTake(points: number, now: number): boolean {
    this.refill(now)
    return this.level >= points
  }

  take(points: number): void {
    this.level -= points
  }

  status(now: number): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number } {
    this.refill(now)
    const { capacity, perSecond } = this.settings
    return { maximumAvailable: capacity, currentlyAvailable: Math.floor(this.level), restoreRate: perSecond }
  }
}
