import { HubError } from "../../../lib/errors"
import type { HttpRequest, HttpResponse } from "../../../types/http-port"
import { simulatorConnector } from "../../../connectors/simulator"
import { OAuthServer } from "../../../connectors/simulator/server/oauth-server"
import { parseOptions } from "../../../connectors/define-options"
import type { OAuthTokens } from "../../../connectors/oauth"
import type { Outbound } from "../../outbound/outbound"
import { StoredTokens } from "../stored-tokens"
import { withTokens } from "../token-source"
import type { GrantStand, KeptTokens, TokenStore } from "../token-store"

/** The row and the secret that all processes share, in memory. */
class SharedStore {
  kept: KeptTokens | null = null
  version = 1
  isDue = false
  isExpired = false
  lease: string | null = null
  begunAt: string | null = null
  failures: string[] = []
  /** So many tries to store something fail. */
  failsToStore = 0
  private leases = 0

  /** As one process sees it. */
  view(): TokenStore {
    const view: Pick<TokenStore, "read" | "stand" | "lease" | "giveUp" | "store"> = {
      read: () => Promise.resolve(this.kept),
      stand: () => Promise.resolve(this.stand()),
      lease: (version) => Promise.resolve(this.take(version)),
      giveUp: (lease, failure) => {
        if (lease === this.lease) {
          this.lease = null
          this.begunAt = null
        }
        this.failures.push(failure)
        return Promise.resolve()
      },
      store: (tokens) => this.put(tokens),
    }
    return view as TokenStore
  }

  private stand(): GrantStand {
    return {
      version: this.version,
      is_due: this.isDue,
      is_expired: this.isExpired,
      is_leased: this.lease !== null,
      interrupted_at: this.begunAt,
    }
  }

  private take(version: number): string | null {
    if (this.lease !== null || version !== this.version) {
      return null
    }
    this.leases += 1
    this.lease = `lease-${this.leases}`
    this.begunAt = "2026-11-21T20:00:00Z"
    return this.lease
  }

  private put(tokens: OAuthTokens): Promise<void> {
    if (this.failsToStore > 0) {
      this.failsToStore -= 1
      return Promise.reject(new HubError({ kind: "transient", message: "away" }))
    }
    this.kept = { access: tokens.accessToken, refresh: tokens.refreshToken }
    this.version += 1
    this.isDue = false
    this.isExpired = false
    this.lease = null
    this.begunAt = null
    return Promise.resolve()
  }
}

const CLIENT = { client_id: "app", client_secret: "app-secret" }

/** A channel that hands out tokens, a store, and as many processes as the test wants. */
function world(settings: { readonly rotates?: boolean } = {}) {
  const server = new OAuthServer({ ...CLIENT, token_seconds: 3_600, rotates: settings.rotates ?? true }, () => 0)
  const options = parseOptions(simulatorConnector.options, { base_url: "http://channel.test", ...CLIENT })
  if (!options.ok) {
    throw new Error(options.error.message)
  }
  const requests: HttpRequest[] = []
  const answer = (request: HttpRequest): HttpResponse => {
    requests.push(request)
    if (request.path === "/oauth/token") {
      return { headers: {}, ...server.token(request.form ?? {}) }
    }
    const token = (request.headers?.authorization ?? "").replace("Bearer ", "")
    return { status: server.accepts(token) ? 200 : 401, headers: {}, body: null }
  }
  const http = { request: (request: HttpRequest) => Promise.resolve(answer(request)) }
  const outbound = { open: () => http } as unknown as Outbound
  const store = new SharedStore()
  const process = (): StoredTokens =>
    new StoredTokens({
      store: store.view(),
      name: "Shop",
      outbound,
      settings: {
        definition: simulatorConnector,
        oauth: simulatorConnector.oauth ?? { ...never },
        options: options.value,
        owner: null,
        secrets: [],
        limits: [],
      },
    })
  const authorise = async (): Promise<void> => {
    const back = new URL(
      server.allow({ client_id: "app", response_type: "code", redirect_uri: "http://us.test/cb", state: "s" }) ?? ""
    )
    const given = server.token({
      ...CLIENT,
      grant_type: "authorization_code",
      code: back.searchParams.get("code") ?? "",
      redirect_uri: "http://us.test/cb",
    })
    const read = simulatorConnector.oauth?.readTokens({ headers: {}, ...given })
    if (!read?.ok) {
      throw new Error("The fake gave no token.")
    }
    await store.view().store(read.value)
  }
  return { server, store, process, requests, authorise, http }
}

const never = {} as NonNullable<typeof simulatorConnector.oauth>

describe("tokens of a stored connection", () => {
  it("are used as long as they are good, and nobody is asked", async () => {
    const { authorise, process, requests, store } = world()
    await authorise()
    expect(await process().current()).toBe(store.kept?.access)
    expect(requests).toEqual([])
  })

  it("are missing before somebody has said yes, and that is a matter of credentials", async () => {
    await expect(world().process().current()).rejects.toMatchObject({ kind: "auth" })
  })

  it("are renewed by one of many processes when they are due, and no refresh token is used twice", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    for (let round = 0; round < 5; round += 1) {
      store.isDue = true
      const before = store.kept?.access
      const given = await Promise.all(Array.from({ length: 8 }, () => process().current()))
      // Those that came second go on with the one before: it is good until its end.
      expect(given.every((token) => token === before || token === store.kept?.access)).toBe(true)
      expect(store.kept?.access).not.toBe(before)
    }
    expect(server.counts).toEqual({ codes: 1, refreshes: 5, reuses: 0 })
  })

  it("that have ended are waited for, and everybody gets the new ones", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    store.isDue = true
    store.isExpired = true
    const given = await Promise.all(Array.from({ length: 5 }, () => process().current()))
    expect(new Set(given)).toEqual(new Set([store.kept?.access]))
    expect(server.counts.refreshes).toBe(1)
  })

  it("that the channel refuses are renewed once, and the call is made again", async () => {
    const { authorise, process, server, http, requests } = world()
    await authorise()
    server.expire()
    const oauth = simulatorConnector.oauth ?? never
    const client = withTokens(http, oauth, process())
    await expect(client.request({ method: "GET", path: "/v1/ping" })).resolves.toMatchObject({ status: 200 })
    expect(requests.map(({ path }) => path)).toEqual(["/v1/ping", "/oauth/token", "/v1/ping"])
  })

  it("that another process has renewed meanwhile are taken from it instead of being renewed again", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    const old = store.kept?.access ?? ""
    server.expire()
    await process().renew(old)
    expect(await process().renew(old)).toBe(store.kept?.access)
    expect(server.counts.refreshes).toBe(1)
  })

  it("end with words about authorising anew when the merchant has taken the access away", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    server.revoke()
    await expect(process().renew(store.kept?.access ?? "")).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringContaining("authorised anew"),
    })
    expect(store.lease).toBeNull()
    expect(store.failures).toHaveLength(1)
  })

  it("that cannot be renewed just now go on being used until their end, and then the work waits", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    store.isDue = true
    server.downFor = 2
    const before = store.kept?.access
    expect(await process().current()).toBe(before)
    store.isExpired = true
    await expect(process().current()).rejects.toMatchObject({ kind: "transient" })
    expect(await process().current()).not.toBe(before)
  })

  it("that are refused and cannot be renewed just now park nothing: it is tried again", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    server.downFor = 1
    await expect(process().renew(store.kept?.access ?? "")).rejects.toMatchObject({ kind: "transient" })
  })

  it("are stored although the database is away for a moment", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    store.isDue = true
    store.isExpired = true
    store.failsToStore = 2
    const given = await process().current()
    expect(given).toBe(store.kept?.access)
    expect(server.counts).toEqual({ codes: 1, refreshes: 1, reuses: 0 })
  })

  it("that a crash has lost where they rotate are asked for anew, and the person reads why", async () => {
    const { authorise, process, server, store } = world()
    await authorise()
    store.isDue = true
    store.isExpired = true
    // A process asked the channel, and died with the answer. Its lease runs out; its note that it had begun stays.
    server.token({ ...CLIENT, grant_type: "refresh_token", refresh_token: store.kept?.refresh ?? "" })
    store.begunAt = "2026-11-21T20:00:00Z"
    await expect(process().current()).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringContaining("broken off at 2026-11-21T20:00:00Z"),
    })
  })
})
