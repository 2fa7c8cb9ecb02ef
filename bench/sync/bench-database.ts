import { randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { Client } from "@medusajs/framework/pg"
import { runMedusa, type MedusaEnvironment } from "../../scripts/demo/shop/medusa-process"
import { sourceStamp, Stamps } from "../../scripts/demo/shop/prepare-shop"
import { givenPostgres, startPostgres, type DatabaseServer } from "../../scripts/postgres"

const TEMPLATE = "hub_bench_template"

/** A durable server with a database that has Medusa's and the hub's tables and nothing in them. */
export class BenchDatabase {
  private constructor(
    private readonly repoFolder: string,
    private readonly server: DatabaseServer,
    /** Process id of the server; null when it is somebody else's. */
    readonly pid: number | null,
    readonly dataFolder: string | null
  ) {}

  static async open(repoFolder: string): Promise<BenchDatabase> {
    const given = process.env.DATABASE_URL
    if (given) {
      return new BenchDatabase(repoFolder, givenPostgres(given), null, null)
    }
    const server = await startPostgres({ name: "bench", repoFolder, durable: true })
    return new BenchDatabase(repoFolder, server, server.pid, server.dataFolder)
  }

  /** How Medusa is run on one of the databases. */
  environment(database: string): MedusaEnvironment {
    return {
      repoFolder: this.repoFolder,
      logFolder: join(this.repoFolder, ".hub", "bench", "logs"),
      variables: {
        DATABASE_URL: this.server.url(database),
        HUB_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString("base64")}`,
        HUB_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1",
        HUB_DEMO_ADMIN: "off",
        JWT_SECRET: "bench",
        COOKIE_SECRET: "bench",
        NODE_ENV: "production",
        LOG_LEVEL: "warn",
        MEDUSA_DISABLE_TELEMETRY: "true",
      },
    }
  }

  /** Makes the tables, unless the present migrations have made them before. */
  async prepare(): Promise<void> {
    const folder = join(this.repoFolder, ".hub", "bench")
    mkdirSync(folder, { recursive: true })
    const stamps = new Stamps(join(folder, "stamps"))
    const stamp = sourceStamp(this.repoFolder, ["src/modules", "src/links"])
    const isNew = (await this.server.createDatabase(TEMPLATE)) === "created"
    if (isNew || !stamps.has("migrated", stamp)) {
      await this.recreate(TEMPLATE, "template1")
      await runMedusa(this.environment(TEMPLATE), "migrate", ["db:migrate", "--execute-safe-links"])
      stamps.set("migrated", stamp)
    }
  }

  /** A fresh database with all tables and no rows. One of that name from before is thrown away. */
  async fresh(database: string): Promise<Client> {
    await this.recreate(database, TEMPLATE)
    return this.connect(database)
  }

  async connect(database: string): Promise<Client> {
    const client = new Client({ connectionString: this.server.url(database) })
    // A session that the server ends must not end this process: whoever uses it next is told.
    client.on("error", () => undefined)
    await client.connect()
    return client
  }

  async stop(): Promise<void> {
    await this.server.stop()
  }

  private async recreate(database: string, template: string): Promise<void> {
    const client = await this.connect("postgres")
    try {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`)
      await client.query(
        `CREATE DATABASE ${client.escapeIdentifier(database)} TEMPLATE ${client.escapeIdentifier(template)}`
      )
    } finally {
      await client.end()
    }
  }
}
