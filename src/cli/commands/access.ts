import { grantAccess, listSubjects, type Subject } from "../../engine/access/grants"
import { HUB_PRESETS, type HubPreset } from "../../types/access"
import { EXIT, type Command, type CommandInput, type ExitCode } from "../command"
import { renderTable } from "../render-table"

const MOST = 200

const isPreset = (name: string): name is HubPreset => HUB_PRESETS.some((preset) => preset === name)

const toRow = ({ id, type, name, granted }: Subject): string[] => [name, type, granted ?? "no grant", id]

async function list({ sql, json, print }: CommandInput): Promise<ExitCode> {
  const subjects = await listSubjects(sql, { cursor: null, limit: MOST })
  print(
    json ? JSON.stringify({ subjects }, null, 2) : renderTable(["who", "kind", "may act as", "id"], subjects.map(toRow))
  )
  return EXIT.ok
}

async function grant({ sql, json, print }: CommandInput, subject: string, preset: HubPreset | null): Promise<ExitCode> {
  const granted = await grantAccess(sql, { subject, preset, actor: null })
  print(json ? JSON.stringify({ subject: granted }) : `${granted.name}: ${granted.granted ?? "no grant"}`)
  return EXIT.ok
}

/** `hub access`: who may do what with the hub; the way back in when the last owner is gone. */
export const access: Command = {
  name: "access",
  usage: `[grant WHO ${HUB_PRESETS.join("|")}|take WHO] [--json]`,
  summary: "who may do what in the admin; grant it and take it away",
  details: "WHO is a user's e-mail address, the title of a secret API key, or an id.",
  arguments: [0, 3],
  hasJson: true,
  run: async (input) => {
    const [action, subject, preset = ""] = input.args
    if (action === undefined) {
      return list(input)
    }
    if (action === "grant" && subject !== undefined && isPreset(preset)) {
      return grant(input, subject, preset)
    }
    if (action === "take" && subject !== undefined) {
      return grant(input, subject, null)
    }
    input.print(`Usage: hub access [grant WHO ${HUB_PRESETS.join("|")}|take WHO]`)
    return EXIT.usage
  },
}
