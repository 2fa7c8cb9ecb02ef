import { drainStockChanges, markConnection } from "../../engine/mark"
import { findConnections } from "../../engine/queries/find-connections"
import { countPending, isWorkerAlive } from "../../engine/queries/worker-alive"
import { EXIT, type Command } from "../command"
import { NO_WORKER } from "../words"

/** `hub sweep`: everything is looked at anew. */
export const sweep: Command = {
  name: "sweep",
  usage: "[CONNECTION] [--json]",
  summary: "have every number computed anew",
  details: "Marks every listing in the database, a few hundred at a time. A number that turns out right costs no call.",
  arguments: [0, 1],
  hasJson: true,
  run: async ({ sql, args: [name], json, print }) => {
    const connections = await findConnections(sql, name)
    let drained = 0
    for (let taken = Infinity; taken > 0; drained += taken) {
      taken = await drainStockChanges(sql)
    }
    const marked: Record<string, number> = {}
    for (const connection of connections) {
      marked[connection.name] = await markConnection(sql, connection.id)
    }
    const alive = await isWorkerAlive(sql)
    const pending = await countPending(sql)
    if (json) {
      print(JSON.stringify({ drained, marked, pending, worker_alive: alive }))
    } else {
      print(`Took up ${drained} captured changes.`)
      Object.entries(marked).forEach(([connection, count]) => {
        print(`${connection}: ${count} listings marked.`)
      })
      print(alive ? `${pending} are being worked on now.` : NO_WORKER)
    }
    return alive ? EXIT.ok : EXIT.refused
  },
}
