import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"

export interface WorkerOptions {
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly nodeOptions?: readonly string[]
  readonly folder?: string
}

/** A process of its own that is told what to do and answers in turn. It ends with this one. */
export class Worker {
  private readonly answers: unknown[] = []
  private readonly output: string[] = []
  private wake: (() => void) | null = null
  private isGone = false

  private constructor(
    private readonly file: string,
    private readonly child: ChildProcess
  ) {
    child.on("message", (message) => {
      this.answers.push(message)
      this.wake?.()
    })
    child.once("exit", () => {
      this.isGone = true
      this.wake?.()
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output.push(chunk.toString("utf8"))
        this.output.splice(0, this.output.length - 50)
      })
    }
  }

  static start(file: string, options: WorkerOptions = {}): Worker {
    return new Worker(
      file,
      fork(file, [...(options.args ?? [])], {
        execArgv: ["--expose-gc", ...(options.nodeOptions ?? [])],
        env: { ...process.env, ...options.environment },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        serialization: "advanced",
        ...(options.folder === undefined ? {} : { cwd: options.folder }),
      })
    )
  }

  tell(message: object): void {
    if (!this.isGone) {
      this.child.send(message)
    }
  }

  /** Its next answer. Throws with its last words when it ends instead. */
  async answer(): Promise<unknown> {
    while (this.answers.length === 0 && !this.isGone) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    if (this.answers.length === 0) {
      throw new Error(`${this.file} ended early. Its last words:\n${this.output.join("").slice(-4_000)}`)
    }
    return this.answers.shift()
  }

  /** Rejects when it ends although nobody asked for that. */
  async died(): Promise<never> {
    if (!this.isGone) {
      await once(this.child, "exit")
    }
    throw new Error(`${this.file} ended early. Its last words:\n${this.output.join("").slice(-4_000)}`)
  }

  /** Waits for its end; a worker that hangs is ended. */
  async stop(): Promise<void> {
    if (this.isGone) {
      return
    }
    const ended = once(this.child, "exit")
    const hard = setTimeout(() => this.child.kill("SIGKILL"), 20_000)
    this.child.disconnect()
    await ended
    clearTimeout(hard)
  }
}
