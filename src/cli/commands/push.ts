import { loadWhy } from "../../engine/queries/load-why"
import { findConnections } from "../../engine/queries/find-connections"
import { requestRun } from "../../engine/runs/request-run"
import { HubError } from "../../lib/errors"
import { EXIT, type Command } from "../command"
import { followRun } from "../follow-run"

/** `hub push SKU`: writes the number of one article, whatever the channel accepted before. */
export const push: Command = {
  name: "push",
  usage: "SKU [--connection NAME] [--no-wait] [--json]",
  summary: "write the number of one article now, also where the channel seems to show it already",
  flags: {
    connection: { type: "string", value: "NAME", help: "only on this connection, by id or name" },
    "no-wait": { type: "boolean", help: "asks for it and does not wait for the end" },
  },
  arguments: [1, 1],
  hasJson: true,
  run: async (input) => {
    const {
      sql,
      args: [sku = ""],
      flags,
      json,
      print,
    } = input
    const name = typeof flags.connection === "string" ? flags.connection : undefined
    const [connection] = name === undefined ? [] : await findConnections(sql, name)
    const listings = await loadWhy(sql, { sku, ...(connection ? { connection: connection.id } : {}) })
    if (listings.length === 0) {
      throw new HubError({
        kind: "not-found",
        message: `No linked listing has the SKU "${sku}"${name === undefined ? "" : ` on ${name}`}. SKUs compare exactly, also in case.`,
      })
    }
    const id = await requestRun(sql, {
      kind: "sync-single",
      connectionId: connection?.id ?? null,
      scope: { sku },
      requestedBy: "cli",
    })
    if (flags["no-wait"] === true) {
      print(json ? JSON.stringify({ run_id: id }) : `Asked for: hub runs show ${id}`)
      return EXIT.ok
    }
    return followRun(input, id)
  },
}
