import { findConnections } from "../../engine/queries/find-connections"
import { requestRun } from "../../engine/runs/request-run"
import { EXIT, type Command, type ExitCode } from "../command"
import { followRun } from "../follow-run"

/** `hub reconcile`: reads back what channels show. */
export const reconcile: Command = {
  name: "reconcile",
  usage: "[CONNECTION] [--no-wait] [--json]",
  summary: "read back what a channel shows, orders first, and put right what differs",
  flags: { "no-wait": { type: "boolean", help: "asks for it and does not wait for the end" } },
  arguments: [0, 1],
  hasJson: true,
  run: async (input) => {
    const {
      sql,
      args: [name],
      flags,
      json,
      print,
    } = input
    const ids: string[] = []
    for (const connection of await findConnections(sql, name)) {
      const scope = {}
      ids.push(await requestRun(sql, { kind: "reconcile", connectionId: connection.id, scope, requestedBy: "cli" }))
    }
    if (flags["no-wait"] === true) {
      print(json ? JSON.stringify({ run_ids: ids }) : ids.map((id) => `Asked for: hub runs show ${id}`).join("\n"))
      return EXIT.ok
    }
    let worst: ExitCode = EXIT.ok
    for (const id of ids) {
      const code = await followRun(input, id)
      worst = code > worst ? code : worst
    }
    return worst
  },
}
