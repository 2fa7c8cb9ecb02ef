import type { HubActivityResponse, HubMetricsResponse, HubQueueResponse } from "../../../src/types/http/insight"
import type { HubIssueGroupsResponse, HubIssuesResponse } from "../../../src/types/http/issues"
import { raiseIssues } from "../../../src/engine/issues"
import { firstAdmin, type Person } from "../../helpers/admin-client"
import { behave, mugId, openMugChannel } from "../../helpers/many-listings"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

export const insightCases = (medusa: MedusaSuite): void =>
  describe("insight", () => {
    const world = useWorld(medusa)
    let admin: Person

    beforeEach(async () => {
      admin = await firstAdmin(world())
    })

    const get = async <Body>(path: string): Promise<Body> => {
      const { status, body } = await admin.client.call<Body>("GET", `/admin/hub/${path}`)
      expect(status).toBe(200)
      return body
    }

    /** Thirty mugs, of which the channel refuses two. */
    async function openTroubled(): Promise<string> {
      const channel = await openMugChannel(world(), 30, { poison_listings: [mugId(3), mugId(4)] })
      return world().connect(channel, { settings: { max_batch: 250 } })
    }

    it("measures how well numbers reach their channels", async () => {
      const id = await openTroubled()
      const metrics = await get<HubMetricsResponse>(`metrics?period=1h&connection_id=${id}`)
      expect(metrics.connections).toHaveLength(1)
      expect(metrics.overall).toMatchObject({
        known_count: 30,
        equal_count: 28,
        accuracy_rate: 28 / 30,
        open_issue_count: 2,
      })
      expect(metrics.overall.accepted_count).toBe(28)
      expect(metrics.overall.success_rate).toBeGreaterThan(0.5)
      expect(metrics.overall.success_rate).toBeLessThan(1)
      expect(metrics.overall.sync_time_mean_ms).toBeGreaterThan(0)
      await world().setStock("MUG", 0, 1)
      await world().query(
        "UPDATE hub_listing_state SET stale_version = stale_version + 1 WHERE listing_id IN (SELECT listing_id FROM hub_listing_state LIMIT 7)"
      )
      const after = await get<HubMetricsResponse>("metrics")
      expect(after.overall.equal_count).toBeLessThan(28)
      expect(await admin.client.call("GET", "/admin/hub/metrics?connection_id=hconn_nobody")).toMatchObject({
        status: 404,
      })
    })

    it("counts the calls of today, once they are written down", async () => {
      await openTroubled()
      await world().until(async () => (await get<HubMetricsResponse>("metrics")).overall.calls_today > 0)
    })

    it("says what waits, for how long and by whom", async () => {
      await openTroubled()
      await world().query(
        `UPDATE hub_listing_state SET stale_version = stale_version + 1, stale_since = now() - interval '2 minutes', state = 'pending'
         WHERE id IN (SELECT id FROM hub_listing_state WHERE state = 'in-sync' ORDER BY id LIMIT 5)`
      )
      await world().query(
        `INSERT INTO hub_worker (id, host, pid, started_at, seen_at, version) VALUES ('hwork_1', 'a', 1, now(), now(), '0'),
          ('hwork_2', 'b', 2, now() - interval '1 hour', now() - interval '10 minutes', '0')`
      )
      const queue = await get<HubQueueResponse>("queue")
      expect(queue.pending).toMatchObject({ count: 5, by_age: { under_5min: 5, under_10s: 0 } })
      expect(queue.pending.oldest_seconds).toBeGreaterThan(119)
      expect(queue.workers.map(({ id, is_alive }) => [id, is_alive])).toEqual([
        ["hwork_1", true],
        ["hwork_2", false],
      ])
      expect(queue.lanes).toMatchObject([{ connection_name: "One", pending_count: 5, breaker_state: "closed" }])
    })

    it("groups issues by cause, dismisses them until they say something else, and resolves them", async () => {
      const id = await openTroubled()
      const groups = await get<HubIssueGroupsResponse>("issues/groups")
      expect(groups).toMatchObject({
        counts: { open: 2, dismissed: 0, resolved: 0 },
        groups: [{ connection_id: id, code: "push-invalid-data", issue_count: 2, listing_count: 2 }],
      })
      const change = (what: string, body: unknown) => admin.client.call("POST", `/admin/hub/issues/${what}`, body)
      const all = { connection_id: id, code: "push-invalid-data" }
      expect((await change("dismiss", all)).body).toEqual({ changed: 2 })
      expect((await get<HubIssueGroupsResponse>("issues/groups")).counts).toEqual({
        open: 0,
        dismissed: 2,
        resolved: 0,
      })
      const [first] = (await get<HubIssuesResponse>("issues?state=dismissed&limit=1")).issues
      expect(first).toMatchObject({ state: "dismissed", closed_by: admin.id })
      const [row] = await world().query<{ dedupe_key: string }>("SELECT dedupe_key FROM hub_issue WHERE id = :id", {
        id: first?.id ?? "",
      })
      const again = (message: string) =>
        raiseIssues(world().sql, [
          {
            companyId: "hcomp_default",
            connectionId: id,
            listingId: null,
            code: "push-invalid-data",
            severity: "warning",
            message,
            dedupeKey: row?.dedupe_key ?? "",
          },
        ])
      await again(first?.message ?? "")
      expect((await get<HubIssueGroupsResponse>("issues/groups")).counts.open).toBe(0)
      await again("It says something else.")
      expect((await get<HubIssueGroupsResponse>("issues/groups")).counts.open).toBe(1)
      expect((await change("reopen", all)).body).toEqual({ changed: 1 })
      expect((await change("resolve", { ids: [first?.id] })).body).toEqual({ changed: 1 })
      expect((await get<HubIssueGroupsResponse>("issues/groups")).counts).toEqual({
        open: 1,
        dismissed: 0,
        resolved: 1,
      })
    })

    it("pages through issues without losing or repeating one", async () => {
      await openTroubled()
      const ids: string[] = []
      let cursor: string | null = ""
      while (cursor !== null) {
        const page: HubIssuesResponse = await get(`issues?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`)
        ids.push(...page.issues.map((issue) => issue.id))
        cursor = page.next_cursor
      }
      expect(new Set(ids).size).toBe(2)
      expect(ids).toHaveLength(2)
    })

    it("tells what happened lately", async () => {
      const channel = await openMugChannel(world(), 3, {})
      await world().connect(channel)
      await behave(channel, {})
      const { activity } = await get<HubActivityResponse>("activity")
      expect(activity.find(({ kind }) => kind === "sent")).toMatchObject({ connection_name: "One", count: 3 })
      expect(activity.some(({ kind }) => kind === "run")).toBe(true)
      expect([...activity].sort((left, right) => right.at.localeCompare(left.at))).toEqual(activity)
    })

    it("answers every question as the OpenAPI document says", async () => {
      await openTroubled()
      for (const path of ["overview", "health", "runs", "listings", "issues", "access", "openapi", "connections"]) {
        await get(path)
      }
      const { runs } = await get<{ runs: { id: string }[] }>("runs")
      await get(`runs/${runs[0]?.id ?? ""}`)
      const { listings } = await get<{ listings: { listing_id: string }[] }>("listings")
      await get(`listings/${listings[0]?.listing_id ?? ""}/why`)
    })
  })
