import { parseArgs } from "node:util"
import { toFailure } from "../lib/errors"
import { openDatabase } from "./open-database"
import { status } from "./status"
import { why } from "./why"

const HELP = `hub - what the Medusa Stock Hub knows and why

  hub status [--json]                  every connection: in sync, pending, oldest pending, latency, issues
  hub why SKU [CONNECTION] [--json]    why a channel shows the number it shows

The database is the one of DATABASE_URL, from the environment or the file .env in this folder.`

const COMMANDS: Readonly<Record<string, typeof status>> = { status, why }

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" }, json: { type: "boolean" } },
  })
  const [name = "", ...args] = positionals
  const command = COMMANDS[name]
  if (values.help || !command) {
    process.stdout.write(`${name && !command ? `There is no command "${name}".\n\n` : ""}${HELP}\n`)
    return values.help ? 0 : 2
  }
  const database = openDatabase()
  try {
    process.stdout.write(`${await command(database, args, values.json ?? false)}\n`)
    return 0
  } finally {
    await database.destroy()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`hub: ${toFailure(error).message}\n`)
    process.exit(1)
  }
)
