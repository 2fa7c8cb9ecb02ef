import { Client } from "@medusajs/framework/pg"
import { claimRows } from "../../../src/engine/lane/claim-rows"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld, type FaultWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold } from "../harness/promise"

/** What a claim may take while dead rows pile up behind an old transaction. */
const BOUND_MS = 500
const ROUNDS = 150
const COPIES = 5
const PATIENCE_MS = 60_000

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

const tooLong = (): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), BOUND_MS).unref())

/** Every row changes once more, and then a batch is claimed. Returns how long the claim took, in milliseconds. */
async function changeAndClaim(world: FaultWorld, round: number): Promise<number> {
  const lastWish = world
    .query("UPDATE hub_listing_state SET stale_version = stale_version + 1, lease_token = NULL, lease_until = NULL")
    // The row is over before it came to that.
    .catch(() => [])
  hold((await Promise.race([lastWish, tooLong()])) !== null, `A change does not wait for ${BOUND_MS} ms`)
  const begun = performance.now()
  const { rows } = await claimRows(world.sql, {
    connectionId: world.channel.connectionId,
    limit: 100,
    token: `round-${round}`,
    leaseMs: 1_000,
    lateApplyWindowMs: 0,
  })
  hold(rows.length === 100, `A full batch is claimed, not ${rows.length}`)
  return performance.now() - begun
}

/** A transaction that nobody ends holds back the cleaning of dead rows, while rows change and are claimed all the time. */
async function holdTransaction(context: FaultContext, statement: string): Promise<string> {
  return inWorld(context, { channels: [{ name: "One", copies: COPIES }] }, async (world) => {
    const idle = new Client({ connectionString: world.databaseUrl })
    idle.on("error", () => undefined)
    await idle.connect()
    await idle.query("BEGIN")
    await idle.query(statement)
    const took: number[] = []
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        took.push(await changeAndClaim(world, round))
      }
    } finally {
      await idle.end()
    }
    const p99 = percentile(took, 0.99)
    hold(p99 < BOUND_MS, `The 99th percentile of a claim is ${Math.round(p99)} ms, less than ${BOUND_MS}`)
    await world.query("UPDATE hub_listing_state SET lease_token = NULL, lease_until = NULL")
    await (await world.worker("worker")).begin()
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `claim p50 ${percentile(took, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms over ${ROUNDS * COPIES * 40} dead rows`
  })
}

export const oldTransactionRow: FaultRow = {
  row: "8",
  title: "a transaction that nobody ends holds back the clean-up",
  inNpmTest: false,
  needsShop: false,
  run: (context) => holdTransaction(context, "SELECT txid_current()"),
  // It holds the rows themselves and not only the clean-up.
  control: (context) => holdTransaction(context, "SELECT id FROM hub_listing_state FOR UPDATE"),
}
