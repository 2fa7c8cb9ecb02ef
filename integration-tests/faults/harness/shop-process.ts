import { spawn, type ChildProcess } from "node:child_process"
import { createWriteStream, mkdirSync } from "node:fs"
import { join } from "node:path"
import { findFreePort } from "../../../scripts/demo/ports"
import type { MedusaEnvironment } from "../../../scripts/demo/shop/medusa-process"
import type { WorkerExit } from "./engine-worker"

const BOOT_MS = 120_000
const POLL_MS = 100
const LAST_BYTES = 2_000
const FIRST_PORT = 9_300

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false
  )
}

/** A whole Medusa with the hub in it, in a process of its own. Unlike the demo's, it may end in any way. */
export class ShopProcess {
  readonly exited: Promise<WorkerExit>
  private tail = ""

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    logFile: string
  ) {
    const log = createWriteStream(logFile, { flags: "a" })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        log.write(chunk)
        this.tail = (this.tail + chunk.toString("utf8")).slice(-LAST_BYTES)
      })
    }
    this.exited = new Promise((resolve) =>
      child.once("exit", (code, signal) => {
        log.end()
        resolve({ code, signal })
      })
    )
  }

  static async start(environment: MedusaEnvironment): Promise<ShopProcess> {
    const port = await findFreePort(FIRST_PORT)
    mkdirSync(environment.logFolder, { recursive: true })
    const medusa = join(environment.repoFolder, "node_modules", ".bin", "medusa")
    const child = spawn(medusa, ["start", "--port", String(port)], {
      cwd: environment.repoFolder,
      env: { ...process.env, NODE_OPTIONS: "", MEDUSA_DISABLE_TELEMETRY: "true", ...environment.variables },
      stdio: ["ignore", "pipe", "pipe"],
    })
    const shop = new ShopProcess(`http://localhost:${port}`, child, join(environment.logFolder, "medusa.log"))
    const deadline = Date.now() + BOOT_MS
    while (!(await isHealthy(shop.url))) {
      if (!shop.isRunning || Date.now() > deadline) {
        await shop.kill()
        throw new Error(`Medusa did not start. Its last words:\n${shop.tail}`)
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    return shop
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  get lastWords(): string {
    return this.tail
  }

  /** Asks it to end, as a deployment does. */
  terminate(): Promise<WorkerExit> {
    this.child.kill("SIGTERM")
    return this.exited
  }

  /** Ends it as a machine that loses power would. */
  kill(): Promise<WorkerExit> {
    this.child.kill("SIGKILL")
    return this.exited
  }
}
