import path from "node:path"
import ts from "typescript"
import { ROOT, resolveImport } from "../resolve"
import { judgeFile, judgePackage, RANDOM_ALLOWED, zoneOf } from "../walls"
import { at, importsOf, nodesOf, type Source } from "./read-source"

/** Edges that cross a wall: "src/a.ts → src/b.ts: lib may not import engine". */
export function crossedWalls(source: Source): string[] {
  return importsOf(source).flatMap(({ specifier, isTypeOnly }) => {
    const isOurs = specifier.startsWith(".")
    const to = isOurs ? resolveImport(path.join(ROOT, source.file), specifier) : specifier
    const reason = isOurs ? judgeFile(source.file, to, isTypeOnly) : judgePackage(source.file, to, isTypeOnly)
    return reason ? [`${source.file} → ${to}: ${reason}`] : []
  })
}

const RANDOM = ["randomBytes", "randomUUID", "randomInt", "getRandomValues"]

/** What a pure function may not touch; the name of it, or null. */
function impureUse(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) {
    const text = `${node.expression.getText()}.${node.name.text}`
    return ["Date.now", "performance.now", "Math.random", "process.env", "process.hrtime"].includes(text) ? text : null
  }
  if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) {
    return "new Date()"
  }
  if (ts.isCallExpression(node) && node.expression.getText() === "Date") {
    return "Date()"
  }
  if (ts.isImportSpecifier(node) && RANDOM.includes((node.propertyName ?? node.name).text)) {
    return (node.propertyName ?? node.name).text
  }
  return null
}

/** Clock, chance and environment in files whose zone is pure. */
export function impureUses(source: Source): string[] {
  if (!zoneOf(source.file)?.pure) {
    return []
  }
  return nodesOf(source).flatMap((node) => {
    const use = impureUse(node)
    const isAllowed = use !== null && RANDOM.includes(use) && source.file in RANDOM_ALLOWED
    return use && !isAllowed ? [`${at(source, node)} uses ${use}: hand it in as an argument`] : []
  })
}

const SOCKET_GLOBALS = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]

/** Calls that open a connection, outside the zones that may. Packages that can are stopped by the walls. */
export function openedSockets(source: Source): string[] {
  if (zoneOf(source.file)?.sockets) {
    return []
  }
  return nodesOf(source).flatMap((node) => {
    const callee = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression.getText() : ""
    const name = callee.replace(/^(globalThis|window|global)\./, "")
    return SOCKET_GLOBALS.includes(name)
      ? [`${at(source, node)} calls ${name}: only src/http opens sockets outward`]
      : []
  })
}

const SQL_TEXT =
  /^\s*(with\s+\w+\s+as\s*\(|select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+"?\w+"?\s+(\w+\s+)?set\s|delete\s+from\s|(create|alter|drop)\s+(or\s+replace\s+)?(table|index|unique|trigger|function)\b)/i
const DATABASE_NAME = /(^|\.)(sql|knex|database|transaction|trx|manager|pgConnection|em)$/i

/** SQL outside `src/modules` and `src/engine`. Handing a connection on to the engine is fine, speaking to it is not. */
export function spokenSql(source: Source): string[] {
  if (zoneOf(source.file)?.sql) {
    return []
  }
  return nodesOf(source).flatMap((node) => {
    const isText =
      (ts.isStringLiteralLike(node) && SQL_TEXT.test(node.text)) ||
      (ts.isTemplateExpression(node) && SQL_TEXT.test(node.head.text))
    const isCall =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ["raw", "execute", "transaction"].includes(node.expression.name.text) &&
      DATABASE_NAME.test(node.expression.expression.getText())
    return isText || isCall ? [`${at(source, node)} speaks SQL: only src/modules and src/engine may`] : []
  })
}

const STEP_CLASSES = ["none", "delete-created", "inverse-delta", "restore-if-unchanged", "reconverge", "irreversible"]

export function callsOf(source: Source, name: string): ts.CallExpression[] {
  return nodesOf(source).filter(
    (node): node is ts.CallExpression => ts.isCallExpression(node) && node.expression.getText() === name
  )
}

const isEmptyFunction = (node: ts.Node | undefined): boolean =>
  !!node && ts.isArrowFunction(node) && ts.isBlock(node.body) && node.body.statements.length === 0

/** What a step's class promises about its compensation and its code does not keep; or null. */
function brokenPromise(step: ts.CallExpression, stepClass: string): string | null {
  const compensation = step.arguments[2]
  const declaresNone = /noCompensation:\s*true/.test(step.arguments[0]?.getText() ?? "")
  if (isEmptyFunction(compensation)) {
    return "its compensation does nothing"
  }
  switch (stepClass) {
    case "none":
      return compensation ? "class none takes no compensation" : null
    case "irreversible":
      return declaresNone && !compensation ? null : "class irreversible needs noCompensation: true and no compensation"
    case "reconverge":
      return declaresNone || compensation ? null : "class reconverge needs a compensation or noCompensation: true"
    default:
      return compensation ? null : `class ${stepClass} needs a compensation`
  }
}

/** Steps that do not say how they are undone, or say it and do otherwise. */
export function unclassedSteps(source: Source): string[] {
  if (!/^src\/workflows\/.*\/steps\//.test(source.file)) {
    return []
  }
  const steps = callsOf(source, "createStep")
  if (steps.length !== 1) {
    return [`${source.file} holds ${steps.length} steps: one file, one step`]
  }
  return steps.flatMap((step) => {
    const statement = ts.findAncestor(step, ts.isVariableStatement)
    const comment = statement
      ? ts
          .getJSDocCommentsAndTags(statement)
          .map((doc) => doc.getText())
          .join("\n")
      : ""
    const stepClass = /Class: ([a-z-]+)\./.exec(comment)?.[1]
    if (!stepClass || !STEP_CLASSES.includes(stepClass)) {
      return [`${at(source, step)} names no class in its TSDoc ("Class: none."): one of ${STEP_CLASSES.join(", ")}`]
    }
    const problem = brokenPromise(step, stepClass)
    return problem ? [`${at(source, step)}: ${problem}`] : []
  })
}

/** The name that `create…("name")` or `create…({ name: "name" })` gives. */
function givenName(call: ts.CallExpression): string | null {
  const [first] = call.arguments
  if (!first) {
    return null
  }
  if (ts.isStringLiteralLike(first)) {
    return first.text
  }
  return /name:\s*"([^"]+)"/.exec(first.getText())?.[1] ?? null
}

const jobNames = (source: Source): string[] =>
  /^src\/jobs\//.test(source.file) ? [/name:\s*"([^"]+)"/.exec(source.tree.text)?.[1] ?? "(a job without a name)"] : []

const tableNames = (source: Source): string[] =>
  /\/migrations\//.test(source.file)
    ? [...source.tree.text.matchAll(/create table if not exists "?(\w+)"?/gi)].flatMap((match) => match[1] ?? [])
    : []

const moduleKeys = (source: Source): string[] =>
  source.file === "src/types/modules.ts"
    ? nodesOf(source).flatMap((node) =>
        ts.isPropertyAssignment(node) && ts.isStringLiteralLike(node.initializer) ? [node.initializer.text] : []
      )
    : []

export interface Name {
  readonly kind: "workflow" | "step" | "job" | "model" | "table" | "module"
  readonly name: string
}

/** Every name that shares a space with the names of other plugins. */
export function sharedNames(source: Source): Name[] {
  const created = (kind: Name["kind"], callee: string): Name[] =>
    callsOf(source, callee).map((call) => ({ kind, name: givenName(call) ?? "(a name that is not written out)" }))
  return [
    ...created("workflow", "createWorkflow"),
    ...created("step", "createStep"),
    ...created("model", "model.define"),
    ...jobNames(source).map((name): Name => ({ kind: "job", name })),
    ...tableNames(source).map((name): Name => ({ kind: "table", name })),
    ...moduleKeys(source).map((name): Name => ({ kind: "module", name })),
  ]
}

const OWN_NAME: Record<Name["kind"], RegExp> = {
  workflow: /(^|-)hub(-|$)/,
  step: /(^|-)hub(-|$)/,
  job: /(^|-)hub(-|$)/,
  model: /^hub_/,
  table: /^hub_/,
  module: /^hub_/,
}

/** Names that another plugin in the same app could use as well. */
export const foreignNames = (source: Source): string[] =>
  sharedNames(source)
    .filter(({ kind, name }) => !OWN_NAME[kind].test(name))
    .map(({ kind, name }) => `${source.file}: ${kind} "${name}" does not carry the word hub`)
