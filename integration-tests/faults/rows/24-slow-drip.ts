import { connect, type Socket } from "node:net"
import { randomUUID } from "node:crypto"
import { LEASE_MS } from "../harness/engine-limits"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"
import { sendWebhook } from "../harness/webhook-load"

const PATIENCE_MS = 60_000
const SLOW_SOCKETS = 200
/** A message of an honest sender, while hundreds of others do not come to their point. */
const HONEST_MS = 5_000

/** A channel answers a byte every tenth of a second. What it does to us is bounded, and no other channel feels it. */
async function drip(context: FaultContext, requestTimeoutMs: number | null): Promise<string> {
  return inWorld(context, { channels: [{ name: "Drip" }, { name: "Other" }] }, async (world) => {
    const [dripping, other] = world.channels
    hold(dripping !== undefined && other !== undefined, "There are two channels")
    const engine = requestTimeoutMs === null ? {} : { engine: { request_timeout_ms: requestTimeoutMs } }
    await (await world.worker("worker", engine)).begin()
    await dripping.behave({ answer_form: "drip" })
    const { calls } = await dripping.stats()
    await world.setStock({ P01: 1 })
    const otherMs = await within(PATIENCE_MS, "the other channel has the number", async () => {
      return (await other.shown("L-P01")) === 1
    })
    await within(3 * LEASE_MS, "the call that drips is given up and made again", async () => {
      return (await dripping.stats()).calls - calls >= 2
    })
    await dripping.behave({ answer_form: "plain" })
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return `the other channel after ${Math.round(otherMs)} ms`
  })
}

/** Senders that begin their requests and never end them. */
async function slowloris(context: FaultContext): Promise<string> {
  const shared = await context.shop()
  const shop = await shared.shop()
  const channel = await shared.connect({ name: "Row 24" })
  const { hostname, port } = new URL(shop.url)
  const sockets: Socket[] = []
  try {
    for (let index = 0; index < SLOW_SOCKETS; index += 1) {
      const socket = connect(Number(port), hostname)
      socket.on("error", () => undefined)
      socket.write(
        `POST /hooks/hub/${channel.connectionId} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: 1000000\r\n`
      )
      // Half of them end their headers, and stop in the body.
      socket.write(index % 2 === 0 ? "x-slow: " : "\r\n{")
      sockets.push(socket)
    }
    const begun = performance.now()
    const data = { listing_id: "L-P00", location_id: "*", quantity: 1 }
    const status = await sendWebhook(shop.url, channel, { id: randomUUID(), type: "stock.changed", data })
    const tookMs = performance.now() - begun
    hold(
      status === 200 && tookMs < HONEST_MS,
      `An honest message is taken in (${status} after ${Math.round(tookMs)} ms)`
    )
    return `${SLOW_SOCKETS} slow senders, an honest one after ${Math.round(tookMs)} ms`
  } finally {
    sockets.forEach((socket) => socket.destroy())
    await shared.disconnect(channel)
  }
}

export const slowDripRow: FaultRow = {
  row: "24",
  title: "answers and requests that never come to an end",
  inNpmTest: false,
  needsShop: true,
  run: async (context) => `${await drip(context, null)}; ${await slowloris(context)}`,
  // A worker that would wait for an hour.
  control: (context) => drip(context, 3_600_000),
}
