import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"
import { KEYS } from "../harness/shop-template"

const PATIENCE_MS = 60_000
const OTHER_KEYS = `other:${Buffer.alloc(32, 3).toString("base64")}`
const SAME_ID_OTHER_KEY = `faults:${Buffer.alloc(32, 3).toString("base64")}`

const CREDENTIALS_SQL = "SELECT string_agg(ciphertext, ',' ORDER BY id) AS text FROM hub_credential"

/** A deployment comes up with the wrong key ring. */
async function deployWith(context: FaultContext, rings: readonly string[]): Promise<string> {
  return inWorld(context, {}, async (world) => {
    const { channel } = world
    const { calls: before } = await channel.stats()
    const [sealed] = await world.query<{ text: string }>(CREDENTIALS_SQL)
    await world.setStock({ P01: 1 })
    for (const [index, keys] of rings.entries()) {
      const worker = await (await world.worker(`worker-${index}`, { keys })).begin()
      await within(PATIENCE_MS, "the worker tried", async () => {
        return worker.lines.length > 0 || (await channel.stats()).calls > before
      })
      hold((await channel.stats()).calls === before, "Nothing is sent while credentials cannot be read")
      await worker.kill()
    }
    const [after] = await world.query<{ text: string }>(CREDENTIALS_SQL)
    hold(after?.text === sealed?.text, "No credential is overwritten")
    await (await world.worker("right")).begin()
    await world.quiet(PATIENCE_MS)
    await holdTruth(world)
    return "nothing sent, nothing overwritten; with the right ring it went on"
  })
}

export const wrongKeysRow: FaultRow = {
  row: "31",
  title: "a deployment with a wrong key ring",
  inNpmTest: false,
  needsShop: false,
  run: (context) => deployWith(context, [OTHER_KEYS, SAME_ID_OTHER_KEY, ""]),
  control: (context) => deployWith(context, [KEYS]),
}
