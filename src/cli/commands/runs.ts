import { loadRuns } from "../../engine/queries/load-runs"
import { cancelRun } from "../../engine/runs/request-run"
import type { HubRun } from "../../types/http/hub"
import { EXIT, type Command, type CommandInput, type ExitCode } from "../command"
import { showRun } from "../follow-run"
import { renderTable } from "../render-table"

const LATEST = 20

const toRow = (run: HubRun): string[] => [
  run.id,
  run.kind,
  run.connection_name ?? "all",
  run.state,
  `${run.succeeded_count}/${run.total_count}`,
  String(run.skipped_count),
  String(run.failed_count),
  new Date(run.created_at).toISOString(),
]

async function list({ sql, json, print }: CommandInput): Promise<ExitCode> {
  const runs = await loadRuns(sql, { connectionId: null, kind: null, state: null, cursor: null, limit: LATEST })
  if (json) {
    print(JSON.stringify({ runs }, null, 2))
  } else {
    const header = ["run", "kind", "channel", "state", "done", "skipped", "failed", "asked for"]
    print(runs.length > 0 ? renderTable(header, runs.map(toRow)) : "No runs yet.")
  }
  return EXIT.ok
}

async function cancel({ sql, json, print }: CommandInput, id: string): Promise<ExitCode> {
  const isCancelled = await cancelRun(sql, id)
  if (json) {
    print(JSON.stringify({ run_id: id, is_cancelled: isCancelled }))
  } else {
    print(
      isCancelled
        ? `Run ${id} is asked to stop. What it has sent stays; numbers that are due are still written.`
        : `There is no open run ${id}: it is unknown or has ended.`
    )
  }
  return isCancelled ? EXIT.ok : EXIT.problem
}

/** `hub runs`: what was asked for, and how far it is. */
export const runs: Command = {
  name: "runs",
  usage: "[show ID|cancel ID] [--json]",
  summary: "the latest runs; one of them with what went wrong; stop one",
  arguments: [0, 2],
  hasJson: true,
  run: async (input) => {
    const [action, id] = input.args
    if (action === undefined) {
      return list(input)
    }
    if ((action !== "show" && action !== "cancel") || id === undefined) {
      input.print("Usage: hub runs [show ID|cancel ID]")
      return EXIT.usage
    }
    return action === "show" ? showRun(input, id) : cancel(input, id)
  },
}
