// @ts-check
const { existsSync, statSync } = require("node:fs")
const path = require("node:path")

const ROOT = path.resolve(__dirname, "..")

/** @param {string} file */
const isFile = (file) => existsSync(file) && statSync(file).isFile()

/**
 * Finds the file of ours that a relative import names.
 *
 * @param {string} importer Absolute path.
 * @param {string} specifier
 * @returns {string} its path from the root of the repository, with slashes
 */
function resolveImport(importer, specifier) {
  const target = path.resolve(path.dirname(importer), specifier)
  const bare = target.replace(/\.[cm]?js$/, "")
  const candidates = [
    target,
    `${bare}.ts`,
    `${bare}.tsx`,
    path.join(target, "index.ts"),
    path.join(target, "index.tsx"),
  ]
  const missing = existsSync(target) ? path.join(target, "index.ts") : `${target}.ts`
  return toRepositoryPath(candidates.find(isFile) ?? missing)
}

/** @param {string} file Absolute path. */
const toRepositoryPath = (file) => path.relative(ROOT, file).split(path.sep).join("/")

module.exports = { ROOT, resolveImport, toRepositoryPath }
