import { openConnection } from "../../../src/engine/connections"
import { renewDueTokens } from "../../../src/engine/oauth/renew-due"
import type { RunningChannel } from "../../../scripts/demo/worlds/simulators"
import type { HubAuthorizeResponse, HubConnectionResponse, HubOAuthResponse } from "../../../src/types"
import { adminCall, type AdminCall } from "../../helpers/admin-call"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"
import { CONNECTION_OPERATIONS } from "../../../src/types/states"

const APP = { client_id: "hub-app", client_secret: "canary-app-secret-5b1d" }

interface OAuthCounts {
  readonly codes: number
  readonly refreshes: number
  readonly reuses: number
}

export const oauthCases = (medusa: MedusaSuite): void =>
  describe("oauth", () => {
    const world = useWorld(medusa)
    let call: AdminCall

    beforeEach(async () => {
      call = await adminCall(world())
    })

    const openShop = (tokenSeconds = 3_600): Promise<RunningChannel> =>
      world().openChannel({ oauth: { ...APP, token_seconds: tokenSeconds, rotates: true } })

    const control = async (channel: RunningChannel, body: Record<string, unknown>): Promise<OAuthCounts> =>
      (
        await fetch(`${channel.url}/control/oauth`, { method: "POST", body: JSON.stringify(body) })
      ).json() as Promise<OAuthCounts>

    /** A draft with the settings of an app, before anybody has said yes. */
    async function draft(channel: RunningChannel): Promise<string> {
      const { body, status } = await call<{ connection: { id: string } }>("POST", "/admin/hub/connections", {
        name: "Shop",
        connector_id: "simulator",
        settings: { base_url: channel.url, has_locations: false, compare_and_set: false, ...APP },
        sales_channel_id: world().shop.salesChannelIds[1],
        locations: world().shop.locationIds.map((stock_location_id) => ({ stock_location_id })),
        allowed_operations: CONNECTION_OPERATIONS,
      })
      expect({ status, body: status === 201 ? null : body }).toEqual({ status: 201, body: null })
      return body.connection.id
    }

    const begin = async (id: string, body: Record<string, unknown> = {}): Promise<URL> => {
      const answer = await call<HubAuthorizeResponse>("POST", `/admin/hub/connections/${id}/oauth/authorize`, body)
      expect(answer.status).toBe(200)
      return new URL(answer.body.url)
    }

    /** What the person's browser does: the page, the link on it, the way back. */
    async function sayYes(page: URL, answer: "allow" | "deny" = "allow"): Promise<string> {
      expect(await (await fetch(page)).text()).toContain("Allow")
      const decided = await fetch(page.href.replace("/oauth/authorize", `/oauth/${answer}`), { redirect: "manual" })
      return decided.headers.get("location") ?? ""
    }

    const authorise = async (id: string): Promise<Response> =>
      fetch(await sayYes(await begin(id)), { redirect: "manual" })

    const oauth = async (id: string) =>
      (await call<HubOAuthResponse>("GET", `/admin/hub/connections/${id}/oauth`)).body.oauth

    const stateOf = async (id: string) =>
      (await call<HubConnectionResponse>("GET", `/admin/hub/connections/${id}`)).body.connection.state

    async function connected(tokenSeconds?: number): Promise<{ channel: RunningChannel; id: string }> {
      const channel = await openShop(tokenSeconds)
      const id = await draft(channel)
      await authorise(id)
      expect((await call("POST", `/admin/hub/connections/${id}/connect`, {})).status).toBe(202)
      await world().drain()
      await call("POST", `/admin/hub/connections/${id}/write-mode`, { write_mode: "live" })
      await world().drain()
      return { channel, id }
    }

    it("leads to the channel and back, keeps the tokens encrypted, and works with them", async () => {
      const channel = await openShop()
      const id = await draft(channel)
      expect(await oauth(id)).toMatchObject({
        grant: "authorization-code",
        state: "missing",
        asked_scopes: ["stock", "orders"],
        redirect_uri: `${world().baseUrl}/hooks/hub/oauth/callback`,
      })
      expect((await call("POST", `/admin/hub/connections/${id}/connect`, {})).status).toBe(400)
      const page = await begin(id)
      expect(page.searchParams.get("code_challenge_method")).toBe("S256")
      const done = await fetch(await sayYes(page))
      expect({ status: done.status, text: await done.text() }).toMatchObject({
        status: 200,
        text: expect.stringContaining("Shop is authorised"),
      })
      expect(await oauth(id)).toMatchObject({ state: "valid", scopes: ["stock", "orders"] })
      expect((await call("POST", `/admin/hub/connections/${id}/connect`, {})).status).toBe(202)
      await world().drain()
      await call("POST", `/admin/hub/connections/${id}/write-mode`, { write_mode: "live" })
      await world().drain()
      await world().setStock("MUG", 0, 9)
      await world().drain()
      expect((await world().shown(channel))["L-MUG"]).toBe(14)
      const stored = await world().query<{ name: string; ciphertext: string }>(
        "SELECT name, ciphertext FROM hub_credential WHERE name = 'oauth_tokens'"
      )
      expect(stored).toMatchObject([{ ciphertext: expect.stringMatching(/^v1\.test\./) }])
      const exchanges = JSON.stringify(await world().query("SELECT * FROM hub_exchange"))
      expect(exchanges).toContain("oauth-code")
      expect(exchanges).not.toMatch(/at_[A-Za-z0-9_-]{10}/)
      expect(exchanges).not.toContain(APP.client_secret)
    })

    it("goes back to the page that the person came from, and nowhere else", async () => {
      const id = await draft(await openShop())
      const home = `${world().baseUrl}/app/hub/connections/${id}?tab=status`
      const back = await fetch(await sayYes(await begin(id, { return_to: home })), { redirect: "manual" })
      expect(back.headers.get("location")).toBe(`${home}&authorised=yes`)
      const strange = await fetch(await sayYes(await begin(id, { return_to: "https://evil.example/" })), {
        redirect: "manual",
      })
      expect({ status: strange.status, location: strange.headers.get("location") }).toEqual({
        status: 200,
        location: null,
      })
    })

    it("takes each way back once, in time, signed by us, and with the verifier that belongs to it", async () => {
      const channel = await openShop()
      const id = await draft(channel)
      const url = await sayYes(await begin(id))
      expect((await fetch(url)).status).toBe(200)
      expect((await fetch(url)).status).toBe(400)
      const forged = new URL(url)
      forged.searchParams.set("state", `${id}.nonce.AAAA`)
      expect((await fetch(forged)).status).toBe(400)
      const late = await sayYes(await begin(id))
      await world().query("UPDATE hub_oauth_grant SET pending_until = clock_timestamp() - interval '1 second'")
      expect((await fetch(late)).status).toBe(400)
      // A code that was given out for another authorisation: PKCE finds it.
      const [one, two] = [new URL(await sayYes(await begin(id))), new URL(await sayYes(await begin(id)))]
      two.searchParams.set("code", one.searchParams.get("code") ?? "")
      const stolen = await fetch(two)
      expect({ status: stolen.status, text: await stolen.text() }).toMatchObject({
        status: 400,
        text: expect.stringContaining("invalid_grant"),
      })
      expect((await fetch(await sayYes(await begin(id), "deny"))).status).toBe(400)
      expect(await control(channel, {})).toMatchObject({ codes: 1, reuses: 0 })
    })

    it("renews tokens ahead of time, once for all who ask at the same time", async () => {
      const { channel, id } = await connected()
      await world().query("UPDATE hub_oauth_grant SET refresh_after = clock_timestamp() - interval '1 second'")
      await Promise.all(
        Array.from({ length: 6 }, async () => (await openConnection(world().container, id)).client.check())
      )
      expect(await control(channel, {})).toEqual({ codes: 1, refreshes: 1, reuses: 0 })
      await world().query("UPDATE hub_oauth_grant SET refresh_after = clock_timestamp() - interval '1 second'")
      await world().query("DELETE FROM hub_tick")
      await renewDueTokens(world().container)
      expect(await control(channel, {})).toEqual({ codes: 1, refreshes: 2, reuses: 0 })
      const { refreshed_at: refreshedAt, expires_at: expiresAt, failure } = await oauth(id)
      expect({ failure, life: Date.parse(expiresAt ?? "") - Date.parse(refreshedAt ?? "") }).toEqual({
        failure: null,
        life: 3_600_000,
      })
    })

    it("parks its work when the merchant takes the access away, and goes on by itself once it is given back", async () => {
      const { channel, id } = await connected()
      await control(channel, { revoke: true })
      await world().setStock("MUG", 0, 3)
      await world().drain()
      expect(await stateOf(id)).toBe("needs-reauthorisation")
      expect(await oauth(id)).toMatchObject({ state: "ended", failure: expect.stringContaining("invalid_grant") })
      expect(await world().query("SELECT code FROM hub_issue WHERE resolved_at IS NULL")).toEqual([
        { code: "needs-reauthorisation" },
      ])
      await world().setStock("MUG", 0, 4)
      await world().drain()
      await authorise(id)
      expect(await stateOf(id)).toBe("connected")
      // What was tried while it was parked waits for its next attempt.
      await world().until(async () => {
        await world().drain()
        return (await world().shown(channel))["L-MUG"] === 9
      })
      expect(await world().query("SELECT code FROM hub_issue WHERE resolved_at IS NULL")).toEqual([])
    })

    it("parks a connection whose app was removed, as soon as the channel says so", async () => {
      const { id } = await connected()
      await world().query(
        `INSERT INTO hub_inbox_event (id, company_id, connection_id, event_id, topic, entity_key, payload, occurred_at, received_at, state)
         VALUES ('hinb_gone', 'hcomp_default', :id, 'gone', 'uninstalled', 'uninstalled',
           '{"topic":"uninstalled","eventId":"gone","occurredAt":"2026-01-01T00:00:00Z"}', now(), now(), 'accepted')`,
        { id }
      )
      await world().drain()
      expect(await stateOf(id)).toBe("needs-reauthorisation")
    })

    it("is told by a connection that needs none", async () => {
      const id = await world().connect(await world().openChannel())
      expect(await oauth(id)).toMatchObject({ grant: null, state: "not-needed" })
      expect((await call("POST", `/admin/hub/connections/${id}/oauth/authorize`, {})).status).toBe(409)
    })
  })
