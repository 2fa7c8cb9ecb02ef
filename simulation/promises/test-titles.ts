import { readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

const ROOT = join(__dirname, "../..")

/** A test of a spec file: what it is called, and how often a property in it is tried. */
export interface FoundTest {
  readonly title: string
  readonly runs: number | null
}

const isTestCall = (call: ts.CallExpression): boolean => /^(it|test)(\.each)?\b/.test(call.expression.getText())

function runsIn(node: ts.Node): number | null {
  let most: number | null = null
  const visit = (inner: ts.Node): void => {
    if (ts.isPropertyAssignment(inner) && inner.name.getText() === "numRuns") {
      const runs = Number(inner.initializer.getText().replaceAll("_", ""))
      most = Number.isFinite(runs) ? Math.max(most ?? 0, runs) : most
    }
    ts.forEachChild(inner, visit)
  }
  visit(node)
  return most
}

/** Every test of a spec file, read from its syntax and not by running it. */
export function readTests(file: string): readonly FoundTest[] {
  const tree = ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest, true)
  const tests: FoundTest[] = []
  const visit = (node: ts.Node): void => {
    const [first] = ts.isCallExpression(node) ? node.arguments : []
    if (ts.isCallExpression(node) && first && ts.isStringLiteralLike(first) && isTestCall(node)) {
      tests.push({ title: first.text, runs: runsIn(node) })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return tests
}
