import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { renderPromises } from "./render"

const PAGE = join(__dirname, "../../docs/promises.md")

writeFileSync(PAGE, renderPromises())
process.stdout.write("docs/promises.md is written.\n")
