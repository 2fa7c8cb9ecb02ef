import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { dirname, join } from "node:path"
import { Client } from "@medusajs/framework/pg"
import { startPostgres, type PostgresServer } from ".."

jest.setTimeout(60_000)

/** One real server under a name of its own. */
describe("a real server", () => {
  const name = `unit-test-${process.pid}`
  const repoFolder = join(__dirname, "../../..")
  const notices: string[] = []
  let server: PostgresServer

  const start = (more: { port?: number } = {}) =>
    startPostgres({ name, repoFolder, durable: false, onNotice: (line) => notices.push(line), ...more })

  const answers = async (database: string) => {
    const client = new Client({ connectionString: server.url(database) })
    await client.connect()
    const { rows } = await client.query<{ lower: string; fsync: string }>(
      "select lower('Ä'), current_setting('fsync') as fsync"
    )
    await client.end()
    return rows[0]
  }

  beforeAll(async () => {
    server = await start()
  })

  afterAll(async () => {
    await server.stop()
    rmSync(dirname(server.dataFolder), { recursive: true })
    rmSync(join(repoFolder, ".hub/postgres", name), { force: true, recursive: true })
  })

  it("answers on localhost, and creates a database once", async () => {
    expect(await server.createDatabase("Shop 1")).toBe("created")
    expect(await server.createDatabase("Shop 1")).toBe("exists")
    expect(await answers("Shop 1")).toEqual({ lower: "ä", fsync: "off" })
    expect(server.url("shop")).toBe(`postgres://hub:${server.password}@localhost:${server.port}/shop`)
    await expect(server.createDatabase("x".repeat(64))).rejects.toThrow(/no name for a database/)
  })

  it("is found when it runs, and keeps its data over a stop", async () => {
    const found = await start()
    expect(found).toMatchObject({ pid: server.pid, port: server.port, password: server.password })
    await found.stop()
    await server.stop()
    server = await start()
    expect(server.pid).not.toBe(found.pid)
    expect(await server.createDatabase("Shop 1")).toBe("exists")
  })

  it("starts again right after kill -9", async () => {
    process.kill(server.pid, "SIGKILL")
    server = await start()
    expect(await server.createDatabase("Shop 1")).toBe("exists")
  })

  it("starts when its process id has passed to another program", async () => {
    await server.stop()
    writeFileSync(
      join(server.dataFolder, "postmaster.pid"),
      `${process.ppid}\n${server.dataFolder}\n1\n${server.port}\n`
    )
    server = await start()
    expect(await server.createDatabase("Shop 1")).toBe("exists")
  })

  it("is started once when two ask for it", async () => {
    await server.stop()
    const [one, two] = await Promise.all([start(), start()])
    server = one
    expect(two.pid).toBe(one.pid)
  })

  it("says that a port is taken, and by what to find out", async () => {
    await server.stop()
    const other = createServer()
    const port = await new Promise<number>((resolve) =>
      other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port))
    )
    await expect(start({ port })).rejects.toThrow(new RegExp(`Port ${port} is taken[^]*lsof -i :${port}`))
    await new Promise((resolve) => other.close(resolve))
    server = await start({ port })
    expect(server.port).toBe(port)
  })

  it("shows what Postgres said when it does not start", async () => {
    await server.stop()
    const settings = join(server.dataFolder, "postgresql.conf")
    const before = readFileSync(settings, "utf8")
    writeFileSync(settings, `${before}\nno_such_setting = 1\n`)
    await expect(start()).rejects.toThrow(/did not start on port \d+[^]*no_such_setting[^]*What to do: /)
    writeFileSync(settings, before)
  })

  it("moves an incomplete data folder aside and starts over", async () => {
    rmSync(join(server.dataFolder, "global/pg_control"))
    server = await start()
    const aside = /moved to (.*)/.exec(notices.join("\n"))?.[1] ?? ""
    expect(existsSync(join(aside, "data/PG_VERSION"))).toBe(true)
    rmSync(aside, { recursive: true })
    expect(await server.createDatabase("Shop 1")).toBe("created")
  })
})
