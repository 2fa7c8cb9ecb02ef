import { HubError, toFailure } from "../lib/errors"
import { EXIT, helpOf, parseCommand, type ExitCode } from "./command"
import { COMMANDS } from "./commands"
import { openDatabase, readKeyRing } from "./environment"

function overview(): string {
  const lines = COMMANDS.map((command) => [`hub ${command.name} ${command.usage}`.trimEnd(), command.summary] as const)
  const width = Math.max(...lines.map(([usage]) => usage.length))
  return [
    "hub - what the Medusa Stock Hub knows, and how to look after it",
    "",
    ...lines.map(([usage, summary]) => `  ${usage.padEnd(width)}  ${summary}`),
    "",
    "hub COMMAND --help says more. The database is the one of DATABASE_URL and the keys those of HUB_ENCRYPTION_KEYS, from",
    "the environment or the file .env in this folder. Medusa need not run.",
    "",
    "Exit codes: 0 fine, 1 something is wrong, 2 wrong usage, 3 refused or nobody there to do it.",
  ].join("\n")
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

async function main([name, ...argv]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    print(overview())
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${overview()}\n`)
    return EXIT.usage
  }
  let parsed
  try {
    parsed = parseCommand(command, argv)
  } catch (error) {
    process.stderr.write(`hub: ${toFailure(error).message}\n`)
    return EXIT.usage
  }
  if (parsed.help) {
    print(helpOf(command))
    return EXIT.ok
  }
  const sql = openDatabase()
  try {
    return await command.run({ ...parsed, sql, ring: readKeyRing, print })
  } finally {
    await sql.destroy()
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`hub: ${toFailure(error).message}\n`)
    // What only a change of the set-up can help is refused, not failed.
    process.exit(error instanceof HubError && error.kind === "unsupported" ? EXIT.refused : EXIT.problem)
  }
)
