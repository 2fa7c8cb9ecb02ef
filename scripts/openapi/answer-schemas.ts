import { readdirSync } from "node:fs"
import { join, resolve } from "node:path"
import ts from "typescript"
import { TypeSchemas, type Schema } from "./type-schemas"

const ROOT = resolve(__dirname, "../..")
const FOLDER = join(ROOT, "src/types/http")

/** JSON Schemas of every exported interface in `src/types/http`, by its name. */
export function answerSchemas(): Record<string, Schema> {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(FOLDER, name))
  const program = ts.createProgram(files, { strict: true, target: ts.ScriptTarget.ES2022, noEmit: true, types: [] })
  const checker = program.getTypeChecker()
  const schemas = new TypeSchemas(checker)
  for (const file of files) {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      if ((symbol.flags & ts.SymbolFlags.Interface) !== 0) {
        schemas.add(symbol.name, checker.getDeclaredTypeOfSymbol(symbol))
      }
    }
  }
  return Object.fromEntries(Object.entries(schemas.schemas).sort(([left], [right]) => (left < right ? -1 : 1)))
}
