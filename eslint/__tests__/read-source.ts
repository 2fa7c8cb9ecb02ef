import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import ts from "typescript"
import { ROOT, toRepositoryPath } from "../resolve"

export interface Source {
  /** Path from the root of the repository, with slashes. */
  readonly file: string
  readonly tree: ts.SourceFile
}

export interface Import {
  readonly specifier: string
  readonly isTypeOnly: boolean
}

/** Parses a file, or a text that pretends to be one. */
export const parseSource = (file: string, text: string): Source => ({
  file,
  tree: ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  ),
})

/** Every file of ours below `src`, tests left out. */
export function readSources(): Source[] {
  return readdirSync(path.join(ROOT, "src"), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.tsx?$/.test(entry.name) && !/[\\/](__tests__|__fixtures__)$/.test(entry.parentPath)
    )
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => parseSource(toRepositoryPath(file), readFileSync(file, "utf8")))
}

export function nodesOf(source: Source): ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source.tree)
  return nodes
}

const isAllTypes = (names: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>): boolean =>
  names.length > 0 && names.every((name) => name.isTypeOnly)

function importOf(node: ts.Node): { from: ts.Node | undefined; isTypeOnly: boolean } | null {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause
    const names = clause?.namedBindings
    const isTypeOnly =
      clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
      (!clause?.name && !!names && ts.isNamedImports(names) && isAllTypes(names.elements))
    return { from: node.moduleSpecifier, isTypeOnly }
  }
  if (ts.isExportDeclaration(node)) {
    const names = node.exportClause
    return {
      from: node.moduleSpecifier,
      isTypeOnly: node.isTypeOnly || (!!names && ts.isNamedExports(names) && isAllTypes(names.elements)),
    }
  }
  if (ts.isImportTypeNode(node)) {
    return { from: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, isTypeOnly: true }
  }
  if (ts.isExternalModuleReference(node)) {
    return { from: node.expression, isTypeOnly: false }
  }
  const isDynamic =
    ts.isCallExpression(node) &&
    (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(node.expression) && node.expression.text === "require"))
  return isDynamic ? { from: node.arguments[0], isTypeOnly: false } : null
}

/** What a file imports, in whichever way. */
export function importsOf(source: Source): Import[] {
  return nodesOf(source).flatMap((node) => {
    const found = importOf(node)
    return found?.from && ts.isStringLiteralLike(found.from)
      ? [{ specifier: found.from.text, isTypeOnly: found.isTypeOnly }]
      : []
  })
}

const lineOf = (source: Source, node: ts.Node): number =>
  source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1

/** Where a node stands, as an editor understands it. */
export const at = (source: Source, node: ts.Node): string => `${source.file}:${lineOf(source, node)}`
