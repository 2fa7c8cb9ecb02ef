// @ts-check
const { resolveImport, toRepositoryPath } = require("../resolve")
const { judgeFile, judgePackage } = require("../walls")

/** Refuses an import that crosses a wall of `eslint/walls.js`. */
module.exports = {
  meta: {
    type: "problem",
    docs: { description: "Keep to the import walls of eslint/walls.js" },
    schema: [],
    messages: { crossed: "{{ from }} → {{ to }}: {{ reason }}" },
  },
  /** @param {import("eslint").Rule.RuleContext} context */
  create(context) {
    const from = toRepositoryPath(context.filename)

    /** @param {any} node @param {boolean} isTypeOnly */
    const check = (node, isTypeOnly) => {
      const specifier = node?.value
      if (typeof specifier !== "string") {
        return
      }
      const isOurs = specifier.startsWith(".")
      const to = isOurs ? resolveImport(context.filename, specifier) : specifier
      const reason = isOurs ? judgeFile(from, to, isTypeOnly) : judgePackage(from, to, isTypeOnly)
      if (reason) {
        context.report({ node, messageId: "crossed", data: { from, to, reason } })
      }
    }

    /** @param {any} node @param {"importKind" | "exportKind"} kind */
    const isTypeOnly = (node, kind) =>
      node[kind] === "type" ||
      (node.specifiers?.length > 0 && node.specifiers.every((/** @type {any} */ item) => item[kind] === "type"))

    return {
      ImportDeclaration: (/** @type {any} */ node) => check(node.source, isTypeOnly(node, "importKind")),
      ExportNamedDeclaration: (/** @type {any} */ node) => check(node.source, isTypeOnly(node, "exportKind")),
      ExportAllDeclaration: (/** @type {any} */ node) => check(node.source, isTypeOnly(node, "exportKind")),
      ImportExpression: (/** @type {any} */ node) => check(node.source, false),
      TSImportType: (/** @type {any} */ node) => check(node.source ?? node.argument?.literal, true),
      TSExternalModuleReference: (/** @type {any} */ node) => check(node.expression, false),
      "CallExpression[callee.name='require']": (/** @type {any} */ node) => check(node.arguments[0], false),
    }
  },
}
