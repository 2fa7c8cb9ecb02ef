import { parseCommand, type ExitCode } from "../../src/cli/command"
import { COMMANDS } from "../../src/cli/commands"
import type { KeyRing } from "../../src/modules/integration-config/core/envelope"
import type { HubWorld } from "./hub-world"

export interface HubAnswer {
  readonly code: ExitCode
  readonly text: string
}

/** Runs a command of the command line in this process, on the database of the world. */
export async function runHub(world: HubWorld, line: string, ring: KeyRing | null = null): Promise<HubAnswer> {
  const [name, ...argv] = line.split(" ")
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (!command) {
    throw new Error(`There is no command ${String(name)}.`)
  }
  const printed: string[] = []
  const code = await command.run({
    ...parseCommand(command, argv),
    sql: world.sql,
    ring: () => ring,
    print: (text) => printed.push(text),
  })
  return { code, text: printed.join("\n") }
}
