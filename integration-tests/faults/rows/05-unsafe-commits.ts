import type { FaultRow } from "../harness/fault-row"
import { hold } from "../harness/promise"
import { crashDatabase } from "./04-database-crash"

/** The table's own control: with commits that are not synced, row 4 has to find losses. Where it does not, it is blind. */
async function countLosses(context: Parameters<FaultRow["run"]>[0], name: string, isSynchronous: boolean) {
  const { lost, answered } = await crashDatabase(context, name, isSynchronous)
  hold(lost.length > 0, `Messages are missed when commits are not synced (${answered} answered, ${lost.length} lost)`)
  return `${lost.length} of ${answered} lost, and found`
}

export const unsafeCommitsRow: FaultRow = {
  row: "5",
  title: "synchronous_commit = off loses messages, and row 4 sees it",
  inNpmTest: false,
  needsShop: true,
  run: (context) => countLosses(context, "Row 5", false),
  control: (context) => countLosses(context, "Row 5 control", true),
}
