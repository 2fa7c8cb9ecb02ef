import { fork, type ChildProcess } from "node:child_process"
import { createWriteStream, mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { WORKER_VARIABLE, type WorkerSettings } from "./worker-settings"

const START_MS = 60_000
const LAST_LINES = 12

export interface WorkerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** An engine worker in a process of its own, ready to begin. */
export class EngineWorker {
  /** What it said last. */
  readonly lines: string[] = []
  readonly exited: Promise<WorkerExit>

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    logFile: string
  ) {
    mkdirSync(dirname(logFile), { recursive: true })
    const log = createWriteStream(logFile, { flags: "a" })
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on("line", (line) => {
          log.write(`${line}\n`)
          this.lines.push(line)
        })
      }
    }
    this.exited = new Promise((resolve) =>
      child.once("exit", (code, signal) => {
        log.end()
        resolve({ code, signal })
      })
    )
  }

  /** Starts the process and waits until it is connected; it does nothing before {@link begin}. */
  static async start(
    settings: WorkerSettings,
    logFolder: string,
    variables: Readonly<Record<string, string>> = {}
  ): Promise<EngineWorker> {
    const child = fork(join(__dirname, "worker-main.ts"), [], {
      execArgv: ["-r", "ts-node/register/transpile-only"],
      env: { ...process.env, NODE_OPTIONS: "", ...variables, [WORKER_VARIABLE]: JSON.stringify(settings) },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    })
    const worker = new EngineWorker(settings.name, child, join(logFolder, `${settings.name}.log`))
    await worker.heard("ready")
    return worker
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  async begin(): Promise<this> {
    const begun = this.heard("begun")
    this.child.send("begin")
    await begun
    return this
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** Ends it as a machine that loses power would. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL")
    await this.exited
  }

  /** Bytes of memory that it holds. */
  async memory(): Promise<number> {
    const answer = new Promise<number>((resolve) => {
      const listen = (message: unknown): void => {
        if (typeof message === "object" && message !== null && "rss" in message) {
          this.child.off("message", listen)
          resolve(Number(message.rss))
        }
      }
      this.child.on("message", listen)
    })
    this.child.send("memory")
    return answer
  }

  private heard(expected: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => {
        reject(new Error(`Worker ${this.name} ${why}. Its last words:\n${this.lines.slice(-LAST_LINES).join("\n")}`))
      }
      const timer = setTimeout(() => fail(`was not ${expected} within ${START_MS} ms`), START_MS)
      const listen = (message: unknown): void => {
        if (message === expected) {
          clearTimeout(timer)
          this.child.off("message", listen)
          resolve()
        }
      }
      this.child.on("message", listen)
      void this.exited.then(({ code, signal }) => {
        clearTimeout(timer)
        fail(`ended with ${signal ?? code}`)
      })
    })
  }
}
