import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { completeBinaries, findBinaries } from "../binaries"
import { copyBinariesOnce } from "../copy-binaries"

describe("the Postgres programs", () => {
  let root: string
  let folder: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "hub-binaries-"))
    folder = join(root, "native")
    for (const part of ["bin", "lib/postgresql", "share/postgresql"]) mkdirSync(join(folder, part), { recursive: true })
    writeFileSync(join(folder, "bin/initdb"), "", { mode: 0o600 })
    writeFileSync(join(folder, "bin/postgres"), "", { mode: 0o700 })
    writeFileSync(join(folder, "lib/libpq.so.5.18"), "", { mode: 0o600 })
    writeFileSync(join(folder, "lib/libpq.a"), "")
    writeFileSync(join(folder, "share/postgresql/postgres.bki"), "")
    const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }]
    writeFileSync(join(folder, "pg-symlinks.json"), JSON.stringify(links))
  })

  afterEach(() => rmSync(root, { recursive: true }))

  it("get the links and modes that a skipped install script left out, once", async () => {
    await completeBinaries(folder)
    await completeBinaries(folder)
    expect(readlinkSync(join(folder, "lib/libpq.so.5"))).toBe("libpq.so.5.18")
    expect(statSync(join(folder, "bin/initdb")).mode & 0o777).toBe(0o755)
  })

  it("are copied open to everybody, with links that stay inside the copy", async () => {
    const copies = join(root, "copies")
    mkdirSync(copies)
    const binaries = { folder, version: "18.4.0" }
    const [copy, same] = await Promise.all([copyBinariesOnce(binaries, copies), copyBinariesOnce(binaries, copies)])
    expect(copy).toBe(join(copies, "native-18.4.0"))
    expect(same).toBe(copy)
    expect(readdirSync(copies)).toEqual(["native-18.4.0"])
    expect(readdirSync(join(copy, "lib")).sort()).toEqual(["libpq.so.5", "libpq.so.5.18", "postgresql"])
    expect(readlinkSync(join(copy, "lib/libpq.so.5"))).toBe("libpq.so.5.18")
    expect(statSync(join(copy, "lib/libpq.so.5")).mode & 0o777).toBe(0o644)
    expect(statSync(join(copy, "bin")).mode & 0o777).toBe(0o755)
  })

  it("are copied again when a cleaner has taken some", async () => {
    const copy = await copyBinariesOnce({ folder, version: "1" }, root)
    rmSync(join(copy, "share/postgresql/postgres.bki"))
    await copyBinariesOnce({ folder, version: "1" }, root)
    expect(lstatSync(join(copy, "share/postgresql/postgres.bki")).isFile()).toBe(true)
  })

  it("leave no half copy behind when a process was killed at it", async () => {
    const half = join(root, "native-1.draft-999999999-0a")
    const atWork = join(root, `native-1.draft-${process.ppid}-0b`)
    for (const path of [half, atWork]) mkdirSync(path)
    await copyBinariesOnce({ folder, version: "1" }, root)
    expect(readdirSync(root).sort()).toEqual(["native", "native-1", basename(atWork)])
  })

  it("that npm did not install are asked for", async () => {
    await expect(findBinaries(root)).rejects.toThrow(/is missing[^]*--omit=optional[^]*DATABASE_URL/)
  })
})
