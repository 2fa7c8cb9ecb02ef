import { EXIT, helpOf, parseCommand } from "../command"
import { COMMANDS } from "../commands"

const named = (name: string): (typeof COMMANDS)[number] => {
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (!command) {
    throw new Error(`No command ${name}`)
  }
  return command
}

describe("the command line", () => {
  it("has each command once, and a help that names its flags and the exit codes", () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length)
    for (const command of COMMANDS) {
      const help = helpOf(command)
      for (const flag of [...Object.keys(command.flags ?? {}), ...(command.hasJson ? ["json"] : []), "help"]) {
        expect(help).toContain(`--${flag}`)
      }
      expect(help).toContain(`hub ${command.name}`)
      expect(help).toContain("Exit codes: 0 fine")
    }
  })

  it("reads arguments and flags in any order", () => {
    expect(parseCommand(named("why"), ["MUG", "--at", "2026-11-21", "Bazaar", "--json"])).toEqual({
      args: ["MUG", "Bazaar"],
      flags: { at: "2026-11-21", json: true },
      json: true,
      help: false,
    })
    expect(parseCommand(named("push"), ["-h"])).toMatchObject({ help: true, args: [] })
  })

  it.each([
    ["too few arguments", "why", []],
    ["too many arguments", "why", ["a", "b", "c"]],
    ["an unknown flag", "doctor", ["--fixx"]],
    ["a flag without its value", "why", ["a", "--at"]],
    ["a value where none belongs", "doctor", ["--fix=yes"]],
  ])("refuses %s and says how it is used", (_name, command, argv) => {
    expect(() => parseCommand(named(command), argv)).toThrow(`Usage: hub ${command}`)
  })

  it("keeps its exit codes, because scripts rely on them", () => {
    expect(EXIT).toEqual({ ok: 0, problem: 1, usage: 2, refused: 3 })
  })
})
