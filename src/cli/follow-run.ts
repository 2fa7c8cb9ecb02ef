import { loadRun } from "../engine/queries/load-runs"
import { isWorkerAlive } from "../engine/queries/worker-alive"
import type { Sql } from "../engine/sql"
import { HubError } from "../lib/errors"
import type { HubRun, HubRunItem } from "../types/http/hub"
import { EXIT, type CommandInput, type ExitCode } from "./command"

const LOOK_AGAIN_MS = 500
const SHOWN_ITEMS = 20

const isOpen = ({ state }: HubRun): boolean => state === "queued" || state === "running"

const progressOf = (run: HubRun): string =>
  `${run.kind}${run.connection_name === null ? "" : ` on ${run.connection_name}`}: ${run.state}, ` +
  `${run.succeeded_count} done, ${run.skipped_count} skipped, ${run.failed_count} failed of ${run.total_count}`

const itemOf = (item: HubRunItem): string =>
  `  ${item.outcome}  ${item.external_sku ?? item.title}${item.reason === null ? "" : ` (${item.reason})`}${item.message === null ? "" : `: ${item.message}`}`

async function findRun(sql: Sql, id: string): Promise<{ run: HubRun; items: HubRunItem[] }> {
  const found = await loadRun(sql, id)
  if (!found) {
    throw new HubError({ kind: "not-found", message: `There is no run ${id}. hub runs lists them.` })
  }
  return found
}

/** Prints a run that has ended, or stands as it is, with what went wrong in it. */
export async function showRun({ sql, json, print }: CommandInput, id: string): Promise<ExitCode> {
  const { run, items } = await findRun(sql, id)
  if (json) {
    print(JSON.stringify({ run, items }, null, 2))
  } else {
    print(`${progressOf(run)} (${run.id})`)
    items.slice(0, SHOWN_ITEMS).forEach((item) => {
      print(itemOf(item))
    })
    if (run.error !== null) {
      print(`  ${run.error}`)
    }
  }
  return run.state === "succeeded" || isOpen(run) ? EXIT.ok : EXIT.problem
}

/**
 * Waits until a run has ended, and says on the way how far it is. Stops waiting when no worker is alive: the run waits for
 * one in the database.
 *
 * @param pause between two looks, in milliseconds
 */
export async function followRun(input: CommandInput, id: string, pause = LOOK_AGAIN_MS): Promise<ExitCode> {
  const { sql, json, print } = input
  let said = ""
  for (;;) {
    const { run } = await findRun(sql, id)
    if (!isOpen(run)) {
      return showRun(input, id)
    }
    const now = progressOf(run)
    if (now !== said && !json) {
      print(now)
      said = now
    }
    if (!(await isWorkerAlive(sql))) {
      if (json) {
        await showRun(input, id)
      } else {
        print(
          `No worker is alive, so run ${id} waits in the database. Start Medusa in worker or shared mode, and it is worked on.`
        )
      }
      return EXIT.refused
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
