import type { LookupAddress } from "node:dns"
import type { RequestListener } from "node:http"
import { AddressRefusedError } from "../../lib/address-refused"
import type { HttpResponse } from "../../types/http-port"
import type { LookUp } from "../guarded-connect"
import { createHttpClient } from "../http-client"
import { LocalServers, rejectionOf } from "./local-servers"

const EVERYTHING = ["0.0.0.0/0", "::/0"]

const servers = new LocalServers()
/** Requests that reached the inner server, by the host they asked for. */
let hits: string[] = []
let port = 0

/** One service that listens on loopback only, as an admin page or a database would. */
beforeEach(async () => {
  hits = []
  const inner: RequestListener = (request, response) => {
    hits.push(request.headers.host ?? "")
    response.end('"inside"')
  }
  port = await servers.http(inner)
  await servers.http(inner, "::1", port)
})

afterEach(() => servers.close())

const answers = (...addresses: string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }))

/** A name service that gives these answers, one after another, and the last one for ever. */
function nameService(...rounds: LookupAddress[][]): LookUp {
  let round = 0
  return (_host, _options, callback) => {
    const result = rounds[Math.min(round, rounds.length - 1)] ?? []
    round += 1
    callback(null, result)
  }
}

interface Case {
  readonly name: string
  /** As it stands in the address of the connection. */
  readonly host: string
  readonly lookUp?: LookUp
  /** With the guard off, the inner server is really reached: the refusal is the guard's and not the network's. */
  readonly reaches: boolean
}

const literal = (host: string, reaches = false): Case => ({ name: host, host, reaches })

const CASES: readonly Case[] = [
  literal("127.0.0.1", true),
  literal("127.8.9.10"),
  literal("2130706433", true),
  literal("017700000001", true),
  literal("0177.0.0.1", true),
  literal("0x7f.0.0.1", true),
  literal("0x7f000001", true),
  literal("127.1", true),
  literal("127.0.0.1.", true),
  literal("%31%32%37.0.0.1", true),
  literal("０x7f.1", true),
  literal("0.0.0.0", true),
  literal("[::1]", true),
  literal("[::]", true),
  literal("[::ffff:127.0.0.1]", true),
  literal("[::ffff:7f00:1]", true),
  literal("[64:ff9b::7f00:1]"),
  literal("[64:ff9b:1::7f00:1]"),
  literal("[2002:7f00:1::]"),
  literal("[2001:0:0:0:0:0:80ff:fffe]"),
  literal("[fd00:ec2::254]"),
  literal("[fe80::1]"),
  literal("169.254.169.254"),
  literal("100.64.0.1"),
  literal("10.0.0.1"),
  literal("255.255.255.255"),
  literal("224.0.0.1"),
  { name: "localhost", host: "localhost", reaches: true },
  {
    name: "localhost in capitals and with a dot",
    host: "LocalHost.",
    lookUp: nameService(answers("127.0.0.1")),
    reaches: true,
  },
  {
    name: "a name that leads inside",
    host: "shop.example",
    lookUp: nameService(answers("127.0.0.1")),
    reaches: true,
  },
  {
    name: "a name that leads to a mapped address",
    host: "shop.example",
    lookUp: nameService(answers("::ffff:127.0.0.1")),
    reaches: true,
  },
  {
    name: "one private answer behind a public one",
    host: "shop.example",
    lookUp: nameService(answers("93.184.215.14", "127.0.0.1")),
    reaches: false,
  },
  {
    name: "one private answer before a public one",
    host: "shop.example",
    lookUp: nameService(answers("127.0.0.1", "93.184.215.14")),
    reaches: true,
  },
]

const client = (
  testCase: Pick<Case, "host" | "lookUp">,
  allow: readonly string[]
): ReturnType<typeof createHttpClient> =>
  createHttpClient({
    baseUrl: `http://${testCase.host}:${port}`,
    timeoutMs: 2_000,
    allowPrivateAddresses: allow,
    bounds: testCase.lookUp ? { lookUp: testCase.lookUp } : {},
  })

const get = (testCase: Pick<Case, "host" | "lookUp">, allow: readonly string[] = []): Promise<HttpResponse> =>
  client(testCase, allow).request({ method: "GET", path: "/secrets" })

describe("an address inside", () => {
  it("is tried in at least 21 forms", () => {
    expect(CASES.length).toBeGreaterThanOrEqual(21)
    expect(CASES.filter(({ reaches }) => reaches).length).toBeGreaterThanOrEqual(15)
  })

  it.each(CASES)("is not called: $name", async (testCase) => {
    const error = await rejectionOf(get(testCase))
    expect(error).toBeInstanceOf(AddressRefusedError)
    expect(error).toMatchObject({ kind: "unsupported" })
    expect(String(error)).toMatch(/is not a public address.*engine\.allow_private_addresses/)
    expect(hits).toEqual([])
  })

  it.each(CASES.filter(({ reaches }) => reaches))("would be reached without the guard: $name", async (testCase) => {
    expect(await get(testCase, EVERYTHING)).toMatchObject({ status: 200, body: "inside" })
    expect(hits).toHaveLength(1)
  })

  it("is not called by a write either, and nothing is left unknown", async () => {
    const error = await rejectionOf(client({ host: "127.0.0.1" }, []).request({ method: "POST", path: "/", body: {} }))
    expect(error).toBeInstanceOf(AddressRefusedError)
    expect(hits).toEqual([])
  })

  it("does not say where a name leads: that would draw a map of the inside", async () => {
    const lookUp = nameService(answers("10.20.30.40"))
    const error = await rejectionOf(get({ host: "shop.example", lookUp }))
    expect(String(error)).toContain("shop.example")
    expect(String(error)).not.toContain("10.20.30.40")
  })

  it("is called when the operator lists it, by range or by name", async () => {
    const lookUp = nameService(answers("127.0.0.1"))
    await get({ host: "127.0.0.1" }, ["127.0.0.0/8"])
    await get({ host: "erp.internal", lookUp }, ["erp.internal"])
    expect(hits).toEqual([`127.0.0.1:${port}`, `erp.internal:${port}`])
    await rejectionOf(get({ host: "other.internal", lookUp }, ["erp.internal"]))
    expect(hits).toHaveLength(2)
  })
})

describe("ways round", () => {
  // 127.0.0.2 stands for a public address: it is the only one that the guard lets pass here.
  const OUTSIDE = "127.0.0.2"

  it("a name that leads outside first and inside the second time is caught the second time", async () => {
    await servers.http(
      (_request, response) => response.setHeader("connection", "close").end('"outside"'),
      OUTSIDE,
      port
    )
    const lookUp = nameService(answers(OUTSIDE), answers("127.0.0.1"))
    const rebinding = client({ host: "shop.example", lookUp }, [OUTSIDE])
    expect(await rebinding.request({ method: "GET", path: "/" })).toMatchObject({ body: "outside" })
    expect(await rejectionOf(rebinding.request({ method: "GET", path: "/" }))).toBeInstanceOf(AddressRefusedError)
    expect(hits).toEqual([])

    const unguarded = nameService(answers(OUTSIDE), answers("127.0.0.1"))
    const control = client({ host: "shop.example", lookUp: unguarded }, EVERYTHING)
    await control.request({ method: "GET", path: "/" })
    expect(await control.request({ method: "GET", path: "/" })).toMatchObject({ body: "inside" })
  })

  it.each([301, 302, 303, 307, 308])("a redirect inward (%i) is handed back and not followed", async (status) => {
    const location = `http://127.0.0.1:${port}/secrets`
    const outside = await servers.http((_request, response) => response.writeHead(status, { location }).end(), OUTSIDE)
    const outer = createHttpClient({
      baseUrl: `http://${OUTSIDE}:${outside}`,
      timeoutMs: 2_000,
      allowPrivateAddresses: [OUTSIDE],
    })
    expect(await outer.request({ method: "GET", path: "/" })).toMatchObject({ status, headers: { location } })
    expect(hits).toEqual([])
    expect(await (await fetch(`http://${OUTSIDE}:${outside}`)).json()).toBe("inside")
  })

  it("a path cannot change the host", async () => {
    const base = { baseUrl: `http://${OUTSIDE}`, timeoutMs: 2_000, allowPrivateAddresses: EVERYTHING }
    for (const path of [`@127.0.0.1:${port}/`, `:${port}/`, `.evil.example/`, "no-slash"]) {
      const error = await rejectionOf(createHttpClient(base).request({ method: "GET", path }))
      expect(error).toMatchObject({ kind: "invalid-data" })
    }
    expect(hits).toEqual([])
  })

  it("a proxy of the environment is not used: it would make the connection in our place", async () => {
    const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "NODE_USE_ENV_PROXY"]
    const before = names.map((name) => [name, process.env[name]] as const)
    names.forEach((name) => (process.env[name] = name.startsWith("NODE") ? "1" : `http://127.0.0.1:${port}`))
    try {
      const outside = await servers.http((_request, response) => response.end('"outside"'), OUTSIDE)
      const outer = createHttpClient({
        baseUrl: `http://${OUTSIDE}:${outside}`,
        timeoutMs: 2_000,
        allowPrivateAddresses: [OUTSIDE],
      })
      expect(await outer.request({ method: "GET", path: "/" })).toMatchObject({ body: "outside" })
      expect(hits).toEqual([])
    } finally {
      before.forEach(([name, value]) => {
        if (value === undefined) {
          Reflect.deleteProperty(process.env, name)
        } else {
          process.env[name] = value
        }
      })
    }
  })

  it.each(["hidden@", ":hidden@", "someone:hidden@"])(
    "%s in the address is refused before anything is sent",
    async (user) => {
      const error = await rejectionOf(get({ host: `${user}127.0.0.1` }, EVERYTHING))
      expect(error).toMatchObject({ kind: "invalid-data" })
      expect(String(error)).not.toContain("hidden")
      expect(hits).toEqual([])
    }
  )
})
