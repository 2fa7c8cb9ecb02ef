import {
  execute,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from "graphql"
import { actualCost, requestedCost } from "./cost"
import type { FakeAnswer, FakeShopify } from "./fake-shopify"
import { loadSchema, type ApiVersion } from "./load-schema"
import { checkProse } from "./prose-rules"

const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : []
    )
  )

const operationOf = (document: DocumentNode): OperationDefinitionNode | undefined =>
  document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)

const refused = (message: string, code: string, extensions: object = {}): FakeAnswer => ({
  status: 200,
  body: { errors: [{ message, extensions: { code } }], ...extensions },
})

function parseQuestion(text: unknown): DocumentNode | GraphQLError {
  try {
    return parse(String(text))
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError("The question cannot be parsed.")
  }
}

/** Answers one question as Shopify would: validated by the schema, held against the prose, and paid in points. */
export async function answerQuestion(
  fake: FakeShopify,
  version: ApiVersion,
  body: Readonly<Record<string, unknown>>
): Promise<FakeAnswer> {
  const document = parseQuestion(body.query)
  const schema = loadSchema(version)
  const problems = document instanceof GraphQLError ? [document] : validate(schema, document)
  const operation = document instanceof GraphQLError ? undefined : operationOf(document)
  if (document instanceof GraphQLError || problems.length > 0 || !operation) {
    fake.stats.invalid += 1
    return refused(problems[0]?.message ?? "No operation.", "undefinedField")
  }
  const variables = { ...(body.variables as object) } as Readonly<Record<string, unknown>>
  const points = requestedCost({ schema, variables, fragments: fragmentsOf(document) }, operation)
  const name = operation.name?.value ?? "unnamed"
  fake.stats.calls[name] = (fake.stats.calls[name] ?? 0) + 1
  const costOf = (actualQueryCost: number | null): object => ({
    extensions: {
      cost: { requestedQueryCost: points, actualQueryCost, throttleStatus: fake.bucket.status(fake.now()) },
    },
  })
  const accident = fake.accident()
  switch (accident) {
    case "too-many-requests":
      return { status: 429, headers: { "retry-after": "2.0" }, body: { errors: "Exceeded calls per second" } }
    case "throttled":
      fake.stats.throttled += 1
      return refused("Throttled", "THROTTLED", costOf(null))
    case "server-error":
      return { status: 500, body: { errors: "Internal Server Error" } }
    case "silence":
      return "silence"
    case "malformed":
      return { status: 200, body: { data: { unexpected: "shape" } } }
    case "fails-key":
      fake.keys.failNext(1)
      break
    default:
  }
  if (points > fake.limits.mostPoints) {
    // A question that is too dear is how a connector finds out what it may ask for, so it breaks no rule.
    return refused(
      `Query cost is ${points}, which exceeds the single query max cost limit (1000).`,
      "MAX_COST_EXCEEDED"
    )
  }
  checkProse(fake.rules, document, { variables, limits: fake.limits, points })
  if (!fake.bucket.mayTake(points, fake.now())) {
    fake.stats.throttled += 1
    return refused("Throttled", "THROTTLED", costOf(null))
  }
  const result = await execute({ schema, document, rootValue: fake.resolvers, variableValues: variables })
  if (result.errors) {
    fake.stats.invalid += 1
    return refused(result.errors[0]?.message ?? "Failed.", "BAD_REQUEST", costOf(0))
  }
  const cost =
    operation.operation === OperationTypeNode.MUTATION ? points : Math.min(points, actualCost(result.data) - 1)
  fake.bucket.take(cost)
  return accident === "lost-answer" ? "cut" : { status: 200, body: { data: result.data, ...costOf(cost) } }
}
