import { Client } from "@medusajs/framework/pg"
import { startPostgres, type PostgresServer } from "../../../scripts/postgres"
import { waitForEnd } from "../../../scripts/postgres/processes"

const CRASH_MS = 10_000

/** A Postgres of our own that may be crashed. It syncs every commit, as a shop's does. */
export class FaultServer {
  private constructor(
    private readonly options: { readonly name: string; readonly repoFolder: string },
    private running: PostgresServer
  ) {}

  static async start(repoFolder: string, name: string): Promise<FaultServer> {
    return new FaultServer({ name, repoFolder }, await startPostgres({ name, repoFolder, durable: true }))
  }

  get dataFolder(): string {
    return this.running.dataFolder
  }

  url(database: string): string {
    return this.running.url(database)
  }

  get postgres(): PostgresServer {
    return this.running
  }

  /** Runs statements as an administrator, outside of every database of ours. */
  async admin<Row extends object>(statement: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.url("postgres") })
    client.on("error", () => undefined)
    await client.connect()
    try {
      return (await client.query<Row>(statement, [...values])).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  /** `pg_ctl stop -m immediate`: every process of it ends at once, and whatever was not on disk is gone. */
  async crash(): Promise<void> {
    const { pid } = this.running
    process.kill(pid, "SIGQUIT")
    if (!(await waitForEnd(pid, CRASH_MS))) {
      throw new Error(`Postgres (process ${pid}) did not stop at once.`)
    }
  }

  /** Starts again on the same port and recovers. */
  async recover(): Promise<void> {
    this.running = await startPostgres({ ...this.options, durable: true, port: this.running.port })
  }

  stop(): Promise<void> {
    return this.running.stop()
  }

  /** A copy of a database that nobody is connected to; an older one of that name is thrown away. */
  async clone(template: string, database: string, tablespace = "pg_default"): Promise<void> {
    await this.drop(database)
    await this.admin(`CREATE DATABASE "${database}" TEMPLATE "${template}" TABLESPACE "${tablespace}"`)
  }

  /** A copy of a database in use: its sessions are ended, and new ones have to wait. */
  async backUp(source: string, database: string): Promise<void> {
    await this.admin(`ALTER DATABASE "${source}" ALLOW_CONNECTIONS false`)
    try {
      await this.admin("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1", [source])
      await this.clone(source, database)
    } finally {
      await this.admin(`ALTER DATABASE "${source}" ALLOW_CONNECTIONS true`)
    }
  }

  async drop(database: string): Promise<void> {
    await this.admin(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
  }
}
