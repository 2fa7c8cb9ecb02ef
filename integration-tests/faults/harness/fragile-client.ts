import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"

const PROGRAM = `
  const { Client } = require("@medusajs/framework/pg")
  const db = new Client({ connectionString: process.argv[1] })
  db.connect().then(() => process.stdout.write("ready"))`

/** What row 6 is held against: a process with a session of the database and nobody to hear that it broke. */
export class FragileClient {
  private constructor(private readonly child: ChildProcess) {}

  static async start(databaseUrl: string): Promise<FragileClient> {
    const child = spawn(process.execPath, ["-e", PROGRAM, databaseUrl], { stdio: ["ignore", "pipe", "ignore"] })
    process.once("exit", () => child.kill("SIGKILL"))
    await once(child.stdout, "data")
    return new FragileClient(child)
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }
}
