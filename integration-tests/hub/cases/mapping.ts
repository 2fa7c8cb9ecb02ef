import type { HubListingsResponse } from "../../../src/types/http/hub"
import type {
  HubListingDetail,
  HubMappingBatch,
  HubMappingChangeResponse,
  HubMappingCountsResponse,
  HubMappingUndoResponse,
} from "../../../src/types/http/mapping"
import { adminCall, type AdminCall } from "../../helpers/admin-call"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

/** One by SKU, one by barcode, one by its SKU without dashes, one by title, one by nothing. */
const LISTINGS = [
  { id: "L-MUG", sku: "MUG", title: "Mug" },
  { id: "L-TEA", sku: "their-tea", barcode: "4006381333931", title: "Something hot" },
  { id: "L-SET", sku: "s-e-t", title: "A gift" },
  { id: "L-NONE", sku: "nobody-knows", title: "Unheard of" },
]

export const mappingCases = (medusa: MedusaSuite): void =>
  describe("mapping", () => {
    const world = useWorld(medusa)
    let call: AdminCall
    let connectionId = ""
    let channel: Awaited<ReturnType<ReturnType<typeof world>["openChannel"]>>

    beforeEach(async () => {
      call = await adminCall(world())
      await world().query("UPDATE product_variant SET ean = '4006381333931' WHERE sku = 'TEA'")
      channel = await world().openChannel({ listings: LISTINGS })
      connectionId = await world().connect(channel)
    })

    const listing = async (externalId: string): Promise<HubListingDetail> => {
      const [row] = await world().query<{ id: string }>(
        "SELECT id FROM hub_listing WHERE external_id = :externalId AND deleted_at IS NULL",
        { externalId }
      )
      return (await call<{ listing: HubListingDetail }>("GET", `/admin/hub/listings/${row?.id ?? ""}`)).body.listing
    }
    const variant = async (sku: string): Promise<string> =>
      (await world().query<{ id: string }>("SELECT id FROM product_variant WHERE sku = :sku", { sku }))[0]?.id ?? ""
    const counts = async (): Promise<HubMappingCountsResponse> =>
      (await call<HubMappingCountsResponse>("GET", "/admin/hub/mapping/counts")).body
    const bulk = (body: object): ReturnType<typeof call<HubMappingChangeResponse>> =>
      call<HubMappingChangeResponse>("POST", "/admin/hub/mapping/bulk", body)

    it("links an equal SKU by itself, suggests the rest with evidence, and counts all of them", async () => {
      expect(await listing("L-MUG")).toMatchObject({ link_state: "linked", link_evidence: "sku", link_score: 100 })
      expect(await listing("L-TEA")).toMatchObject({
        link_state: "unlinked",
        suggestion_score: 95,
        suggested_variant_id: await variant("TEA"),
        candidates: [{ variant_sku: "TEA", evidence: [{ code: "barcode", value: "4006381333931", is_gtin: true }] }],
      })
      expect((await listing("L-NONE")).candidates).toEqual([])
      expect(await counts()).toMatchObject({
        total: { linked: 1, suggested: 2, unlinked: 1, ignored: 0 },
        connections: [{ connection_id: connectionId, linked: 1 }],
      })
    })

    it("never links by itself what may be two variants, and says so", async () => {
      await world().query("UPDATE product_variant SET barcode = '00012345' WHERE sku = 'MUG'")
      await world().query("UPDATE product_variant SET upc = '12345' WHERE sku = 'SET'")
      await world().query("UPDATE hub_listing SET external_barcode = '0012345' WHERE external_id = 'L-NONE'")
      await call("POST", "/admin/hub/mapping/suggest", { connection_id: connectionId })
      const both = await listing("L-NONE")
      expect(both).toMatchObject({ suggested_variant_id: null, suggestion_score: 85, link_state: "unlinked" })
      expect(both.candidates).toHaveLength(2)
      expect((await bulk({ action: "accept", ids: [both.id] })).body).toMatchObject({
        batch: null,
        changed_count: 0,
        skipped: [{ reason: "ambiguous", count: 1 }],
      })
    })

    it("accepts above a score, sends the number, and takes it back where nothing changed since", async () => {
      const tooLow = await bulk({ action: "accept", min_score: 96, filter: { link: "suggested" } })
      expect(tooLow.body.skipped).toEqual([{ reason: "score-too-low", count: 2 }])
      const dry = await bulk({ action: "accept", min_score: 90, filter: { link: "suggested" }, dry_run: true })
      expect(dry.body).toMatchObject({ batch: null, changed_count: 1 })
      expect((await listing("L-TEA")).link_state).toBe("unlinked")
      const accepted = await bulk({ action: "accept", min_score: 90, filter: { link: "suggested" } })
      expect(accepted.body.batch).toMatchObject({
        kind: "accept",
        item_count: 1,
        requested_by_name: "Demo",
        undone_at: null,
      })
      await world().drain()
      expect(await world().shown(channel)).toMatchObject({ "L-TEA": 7 })

      const undo = `/admin/hub/mapping/batches/${accepted.body.batch?.id ?? ""}/undo`
      expect((await call<HubMappingUndoResponse>("POST", undo)).body).toMatchObject({ undone_count: 1, left_count: 0 })
      expect(await listing("L-TEA")).toMatchObject({ link_state: "unlinked", variant_id: null, suggestion_score: 95 })
      expect((await call("POST", undo)).status).toBe(409)
      const { body } = await call<{ batches: HubMappingBatch[] }>("GET", "/admin/hub/mapping/batches")
      expect(body.batches.map(({ kind }) => kind)).toEqual(["undo", "accept"])
    })

    it("leaves alone on undo what somebody else changed since, and says who", async () => {
      const [mug, none] = [await listing("L-MUG"), await listing("L-NONE")]
      const ignored = await bulk({ action: "ignore", ids: [mug.id, none.id] })
      await bulk({ action: "unignore", ids: [none.id] })
      await bulk({ action: "ignore", ids: [none.id] })
      const undone = await call<HubMappingUndoResponse>(
        "POST",
        `/admin/hub/mapping/batches/${ignored.body.batch?.id ?? ""}/undo`
      )
      expect(undone.body).toMatchObject({ undone_count: 1, left_count: 1, left: [{ listing_id: none.id }] })
      expect(undone.body.left[0]?.changed_by).toMatch(/^user_/)
      expect((await listing("L-MUG")).link_state).toBe("linked")
      expect((await listing("L-NONE")).link_state).toBe("ignored")
    })

    it("keeps what a person unlinked unlinked, whatever an import thinks", async () => {
      const mug = await listing("L-MUG")
      await bulk({ action: "unlink", ids: [mug.id] })
      await world().drain()
      const shown = await world().shown(channel)
      await world().setStock("MUG", 0, 1)
      await call("POST", "/admin/hub/mapping/suggest", {})
      await world().drain()
      expect((await listing("L-MUG")).link_state).toBe("unlinked")
      expect(await world().shown(channel)).toEqual(shown)
    })

    it("never suggests again what a person refused", async () => {
      const tea = await listing("L-TEA")
      await bulk({ action: "reject", ids: [tea.id] })
      await call("POST", "/admin/hub/mapping/suggest", {})
      expect((await listing("L-TEA")).candidates).toEqual([])
    })

    it("names unknown listings and variants, and then changes nothing", async () => {
      const { id } = await listing("L-MUG")
      const answers = [
        await call<{ message: string }>("POST", "/admin/hub/listings/batch", {
          update: [
            { id, pack_size: 9 },
            { id: "hlst_nobody", pack_size: 2 },
          ],
        }),
        await call<{ message: string }>("POST", "/admin/hub/mapping/bulk", {
          action: "ignore",
          ids: [id, "hlst_nobody"],
        }),
      ]
      for (const { status, body } of answers) {
        expect(status).toBe(404)
        expect(body.message).toContain("hlst_nobody")
      }
      const wrong = await call<{ message: string }>("POST", "/admin/hub/listings/batch", {
        update: [{ id, variant_id: "variant_nobody" }],
      })
      expect([wrong.status, wrong.body.message]).toEqual([400, expect.stringContaining("variant_nobody")])
      expect(await listing("L-MUG")).toMatchObject({ pack_size: 1, link_state: "linked" })
      for (const path of ["hlst_nobody", "hlst_nobody/why", "hlst_nobody/numbers"]) {
        expect((await call("GET", `/admin/hub/listings/${path}`)).status).toBe(404)
      }
    })

    it("takes up a listing that was never imported, and forgets it on undo", async () => {
      const body = {
        connection_id: connectionId,
        external_id: "L-EXTRA",
        variant_id: await variant("MUG"),
        pack_size: 3,
      }
      const created = await call<{ listing: HubListingDetail; batch: HubMappingBatch }>(
        "POST",
        "/admin/hub/listings",
        body
      )
      expect(created.body.listing).toMatchObject({ link_state: "linked", pack_size: 3, title: "L-EXTRA" })
      expect((await call("POST", "/admin/hub/listings", body)).status).toBe(409)
      expect((await call("POST", "/admin/hub/listings", { ...body, external_id: "P", publish: true })).status).toBe(400)
      await call("POST", `/admin/hub/mapping/batches/${created.body.batch.id}/undo`)
      expect((await call("GET", `/admin/hub/listings/${created.body.listing.id}`)).status).toBe(404)
      // Somebody has added it once more: the first one cannot come back beside it.
      expect((await call("POST", "/admin/hub/listings", body)).status).toBe(201)
      const { body: history } = await call<{ batches: HubMappingBatch[] }>("GET", "/admin/hub/mapping/batches")
      const undo = history.batches.find(({ kind }) => kind === "undo")
      const redone = await call("POST", `/admin/hub/mapping/batches/${undo?.id ?? ""}/undo`)
      expect(redone).toMatchObject({ status: 200, body: { undone_count: 0, left_count: 1 } })
      await world().drain()
    })

    it("filters by link, state and search, and pages through each of them once", async () => {
      const found = async (query: string): Promise<string[]> => {
        const ids: string[] = []
        let cursor: string | null = ""
        while (cursor !== null) {
          const from: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`
          const { body }: { body: HubListingsResponse } = await call(
            "GET",
            `/admin/hub/listings?limit=1&${query}${from}`
          )
          ids.push(...body.listings.map((row) => row.external_id))
          cursor = body.next_cursor
        }
        return ids
      }
      expect((await found("")).sort()).toEqual(LISTINGS.map(({ id }) => id).sort())
      expect(await found("link=suggested")).toEqual(["L-TEA", "L-SET"])
      expect(await found("link=unlinked")).toEqual(["L-NONE"])
      expect(await found("q=THEIR-T")).toEqual(["L-TEA"])
      expect(await found("q=4006381333931")).toEqual(["L-TEA"])
      expect(await found("state=in-sync")).toEqual(["L-MUG"])
      expect(await found("pending_longer_than=0")).toEqual([])
      expect((await call("GET", "/admin/hub/listings?cursor=nonsense")).status).toBe(400)
    })

    it("keeps named views for one person", async () => {
      const saved = await call<{ view: { id: string } }>("POST", "/admin/hub/mapping/views", {
        name: "Mugs that failed",
        filters: { q: "MUG", state: "failed" },
      })
      expect(saved.status).toBe(201)
      const { body } = await call<{ views: object[] }>("GET", "/admin/hub/mapping/views")
      expect(body.views).toEqual([
        { id: saved.body.view.id, name: "Mugs that failed", filters: { q: "MUG", state: "failed" } },
      ])
      expect((await call("DELETE", `/admin/hub/mapping/views/${saved.body.view.id}`)).status).toBe(200)
      expect((await call("DELETE", `/admin/hub/mapping/views/${saved.body.view.id}`)).status).toBe(404)
    })
  })
