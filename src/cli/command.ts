import { parseArgs } from "node:util"
import type { Sql } from "../engine/sql"
import { HubError } from "../lib/errors"
import type { KeyRing } from "../modules/integration-config/core/envelope"

/** What a script may rely on. */
export const EXIT = {
  /** Done, and nothing is wrong. */
  ok: 0,
  /** Something is wrong: a finding, a number that cannot be explained, a run with failures, or an error. */
  problem: 1,
  /** The command was not written as its help says. */
  usage: 2,
  /** Nothing was done, because it would not be safe, nobody said yes, or no worker is there to do it. */
  refused: 3,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export interface CommandInput {
  readonly sql: Sql
  /** The keys of HUB_ENCRYPTION_KEYS; null when it is not set. Throws `invalid-data` when it is no key ring. */
  readonly ring: () => KeyRing | null
  readonly args: readonly string[]
  readonly flags: Readonly<Record<string, string | boolean | undefined>>
  readonly json: boolean
  /** One line, or several, to the standard output. */
  readonly print: (text: string) => void
}

interface Flag {
  readonly type: "boolean" | "string"
  /** Name of the value in the help, for flags that have one. */
  readonly value?: string
  readonly help: string
}

export interface Command {
  readonly name: string
  /** Behind the name: `SKU [CONNECTION]`. */
  readonly usage: string
  readonly summary: string
  /** What the summary does not say. */
  readonly details?: string
  readonly flags?: Readonly<Record<string, Flag>>
  /** How many arguments it takes. */
  readonly arguments: readonly [least: number, most: number]
  /** It answers `--json`. */
  readonly hasJson: boolean
  readonly run: (input: CommandInput) => Promise<ExitCode>
}

export interface ParsedCommand {
  readonly args: readonly string[]
  readonly flags: CommandInput["flags"]
  readonly json: boolean
  readonly help: boolean
}

const JSON_FLAG: Flag = { type: "boolean", help: "prints one JSON document" }

const flagsOf = (command: Command): Readonly<Record<string, Flag>> => ({
  ...command.flags,
  ...(command.hasJson ? { json: JSON_FLAG } : {}),
  help: { type: "boolean", help: "prints this" },
})

const isUsageError = (error: unknown): error is { readonly message: string } =>
  typeof error === "object" && error !== null && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")

/** Reads what stands behind a command's name. Throws `invalid-data` when it is not what the help says. */
export function parseCommand(command: Command, argv: readonly string[]): ParsedCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(flagsOf(command)).map(([name, { type }]) => [
          name,
          { type, ...(name === "help" ? { short: "h" } : {}) },
        ])
      ),
    })
    const flags = values as CommandInput["flags"]
    const [least, most] = command.arguments
    if (flags.help !== true && (positionals.length < least || positionals.length > most)) {
      throw new HubError({ kind: "invalid-data", message: `Usage: hub ${command.name} ${command.usage}` })
    }
    return { args: positionals, flags, json: flags.json === true, help: flags.help === true }
  } catch (error) {
    throw isUsageError(error)
      ? new HubError({ kind: "invalid-data", message: `${error.message}\nUsage: hub ${command.name} ${command.usage}` })
      : error
  }
}

/** The text of `hub NAME --help`. */
export function helpOf(command: Command): string {
  const flags = Object.entries(flagsOf(command)).map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ""}`, help] as const
  )
  const width = Math.max(...flags.map(([name]) => name.length))
  return [
    `hub ${command.name} ${command.usage}`.trimEnd(),
    "",
    `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.${command.details ? ` ${command.details}` : ""}`,
    "",
    ...flags.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`),
    "",
    "Exit codes: 0 fine, 1 something is wrong, 2 wrong usage, 3 refused or nobody there to do it.",
  ].join("\n")
}
