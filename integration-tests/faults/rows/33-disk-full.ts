import { execFileSync } from "node:child_process"
import { chownSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { FaultContext } from "../harness/fault-context"
import type { FaultRow } from "../harness/fault-row"
import { inWorld } from "../harness/fault-world"
import { holdTruth } from "../harness/oracle"
import { hold, within } from "../harness/promise"

const SIZE_MB = 96
const PATIENCE_MS = 60_000
const CONTROL_MS = 8_000
const BALLAST = "ballast"

/** A small disk of its own for one tablespace: the rest of the server has room. */
class SmallDisk {
  private constructor(
    readonly folder: string,
    readonly tablespace: string
  ) {}

  static async mount(context: FaultContext): Promise<SmallDisk> {
    const folder = `/tmp/hub-faults-disk-${process.pid}`
    mkdirSync(folder, { recursive: true })
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "tmpfs", folder], { stdio: "ignore" })
    const disk = new SmallDisk(folder, `small_${process.pid}_${Math.floor(context.random() * 1e6)}`)
    const data = join(folder, "data")
    mkdirSync(data, { mode: 0o700 })
    const { uid, gid } = statSync(context.server.dataFolder)
    chownSync(data, uid, gid)
    await context.server.admin(`CREATE TABLESPACE ${disk.tablespace} LOCATION '${data}'`)
    return disk
  }

  /** Writes until nothing more fits. */
  fill(): void {
    const chunk = Buffer.alloc(1024 * 1024)
    for (let index = 0; index <= SIZE_MB; index += 1) {
      try {
        writeFileSync(join(this.folder, BALLAST), chunk, { flag: "a" })
      } catch {
        return
      }
    }
  }

  clear(): void {
    rmSync(join(this.folder, BALLAST), { force: true })
  }

  async unmount(context: FaultContext): Promise<void> {
    await context.server.admin(`DROP TABLESPACE IF EXISTS ${this.tablespace}`)
    execFileSync("umount", [this.folder], { stdio: "ignore" })
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Why no small disk can be had here, or null. */
function whyNoDisk(): string | null {
  const folder = `/tmp/hub-faults-probe-${process.pid}`
  try {
    mkdirSync(folder, { recursive: true })
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "ignore" })
    execFileSync("umount", [folder], { stdio: "ignore" })
    return null
  } catch {
    return "a small disk has to be mounted, which needs root on Linux"
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The disk of the database is full. The shop's sale goes through if it can; the hub waits, and goes on when there is room. */
async function fillDisk(context: FaultContext, makesRoom: boolean): Promise<string> {
  const disk = await SmallDisk.mount(context)
  try {
    return await inWorld(context, { tablespace: disk.tablespace }, async (world) => {
      const { channel } = world
      const worker = await (await world.worker("worker")).begin()
      disk.fill()
      // Small changes still fit into pages that are there; a bulk of them does not.
      let refused = ""
      for (let round = 0; round < 500 && refused === ""; round += 1) {
        await world
          .query(
            "INSERT INTO hub_stock_change (inventory_item_id, location_id) SELECT repeat('x', 500), 'y' FROM generate_series(1, 200)"
          )
          .catch((error: unknown) => (refused = String(error)))
      }
      hold(/No space left|could not extend/.test(refused), `The disk is full (${refused.slice(0, 120)})`)
      if (makesRoom) {
        disk.clear()
      }
      const tookMs = await within(makesRoom ? PATIENCE_MS : CONTROL_MS, "the hub works again", async () => {
        await world.setStock({ P01: 4 }).catch(() => undefined)
        return (await channel.shown("L-P01")) === 4
      })
      hold(worker.isRunning, "The worker survives")
      await world.quiet(PATIENCE_MS)
      await holdTruth(world)
      return `worked again ${Math.round(tookMs)} ms after there was room`
    })
  } finally {
    await disk.unmount(context)
  }
}

export const diskFullRow: FaultRow = {
  row: "33",
  title: "the disk of the database is full",
  inNpmTest: false,
  needsShop: false,
  isAlone: true,
  cannotRun: async () => whyNoDisk(),
  run: (context) => fillDisk(context, true),
  control: (context) => fillDisk(context, false),
}
