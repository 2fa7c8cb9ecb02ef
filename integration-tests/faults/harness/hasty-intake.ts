import { fork, type ChildProcess } from "node:child_process"
import { join } from "node:path"

/** What many shops run and what row 3 is held against: an intake that answers at once and stores a little later. */
export class HastyIntake {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess
  ) {}

  static async start(databaseUrl: string): Promise<HastyIntake> {
    const child = fork(join(__dirname, "hasty-intake-main.ts"), [databaseUrl], {
      execArgv: ["-r", "ts-node/register/transpile-only"],
      env: { ...process.env, NODE_OPTIONS: "" },
    })
    const port = await new Promise<number>((resolve, reject) => {
      child.once("message", (message) => resolve(Number(message)))
      child.once("exit", (code) => reject(new Error(`The hasty intake ended with ${code}.`)))
    })
    return new HastyIntake(`http://localhost:${port}`, child)
  }

  kill(): Promise<unknown> {
    const exited = new Promise((resolve) => this.child.once("exit", resolve))
    this.child.kill("SIGKILL")
    return exited
  }
}
