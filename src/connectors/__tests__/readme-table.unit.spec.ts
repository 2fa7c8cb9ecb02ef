import { readFileSync } from "node:fs"
import { join } from "node:path"
import { connectors } from ".."

it("stands in the README with its id and description, as every connector does", () => {
  const readme = readFileSync(join(__dirname, "../../../README.md"), "utf8")
  const [, table = ""] = /<!-- connectors:start -->\n([\s\S]*?)<!-- connectors:end -->/.exec(readme) ?? []
  const rows = connectors.map(({ id, description }) => `| \`${id}\` | ${description} |\n`)
  expect(table).toBe(`| connector | what it is |\n|---|---|\n${rows.join("")}`)
})
