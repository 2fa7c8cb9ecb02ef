import type { HubListingDetail, HubMappingBatch } from "../../../src/types/http/mapping"
import type {
  HubCsvImportResponse,
  HubLocationChangesResponse,
  HubPastNumbersResponse,
} from "../../../src/types/http/mapping"
import { adminCall, type AdminCall } from "../../helpers/admin-call"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const ROWS = 10_000

export const mappingFileCases = (medusa: MedusaSuite): void =>
  describe("mapping by file, place and time", () => {
    const world = useWorld(medusa)
    let call: AdminCall
    let token = ""

    beforeEach(async () => {
      call = await adminCall(world())
      token = await world().login()
    })

    const download = async (query = ""): Promise<string> =>
      (
        await fetch(`${world().baseUrl}/admin/hub/mapping/csv${query}`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).text()
    const upload = (csv: string, options: object = {}): ReturnType<typeof call<HubCsvImportResponse>> =>
      call<HubCsvImportResponse>("POST", "/admin/hub/mapping/csv/import", { csv, ...options })
    const idOf = async (externalId: string): Promise<string> =>
      (
        await world().query<{ id: string }>("SELECT id FROM hub_listing WHERE external_id = :externalId", {
          externalId,
        })
      )[0]?.id ?? ""

    it("takes back 10,000 rows as they went out, and writes the same bytes again", async () => {
      const connectionId = await world().connect(await world().openChannel())
      await world().query(
        `INSERT INTO hub_listing (id, company_id, connection_id, external_id, external_sku, title, variant_id, link_state, pack_size)
         SELECT 'hlst_csv_' || lpad(n::text, 6, '0'), 'hcomp_default', :connectionId, 'X-' || n,
           CASE n % 3 WHEN 0 THEN '=SUM(A' || n || ')' WHEN 1 THEN 'ü;,"' || n ELSE NULL END, 'Zeile' || chr(10) || n,
           CASE WHEN n % 2 = 0 THEN (SELECT id FROM product_variant WHERE sku = 'MUG') END,
           CASE WHEN n % 2 = 0 THEN 'linked' WHEN n % 5 = 0 THEN 'ignored' ELSE 'unlinked' END, 1 + n % 7
         FROM generate_series(1, :rows - 3) n`,
        { connectionId, rows: ROWS }
      )
      const begin = performance.now()
      const first = await download()
      const exported = performance.now()
      const { body } = await upload(first)
      const compared = performance.now()
      expect(body.preview).toMatchObject({
        row_count: ROWS,
        changed_count: 0,
        new_count: 0,
        unchanged_count: ROWS,
        bad_count: 0,
      })
      expect((await upload(await download("?delimiter=semicolon"))).body.preview.unchanged_count).toBe(ROWS)
      expect(first).not.toMatch(/(^|[,\n])"?=/)
      // Every pack is another one, and everything is put back.
      const edited = first.replace(/,(\d+)\r\n/g, (_, pack: string) => `,${Number(pack) + 1}\r\n`)
      const beforeApply = performance.now()
      const applied = await upload(edited, { dry_run: false, file_name: "packs.csv" })
      const afterApply = performance.now()
      expect(applied.body.batch).toMatchObject({ kind: "csv", item_count: ROWS, scope: { file_name: "packs.csv" } })
      expect(await download()).not.toBe(first)
      await call("POST", `/admin/hub/mapping/batches/${applied.body.batch?.id ?? ""}/undo`)
      const undone = performance.now()
      expect(await download()).toBe(first)
      const ms = (from: number, to: number): number => Math.round(to - from)
      process.stdout.write(
        `10,000 rows: out ${ms(begin, exported)} ms, compared ${ms(exported, compared)} ms, applied ${ms(beforeApply, afterApply)} ms, undone ${ms(afterApply, undone)} ms\n`
      )
    })

    it("changes what is right, names what is wrong, and with all or nothing changes nothing", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const [mug, tea] = [await idOf("L-MUG"), await idOf("L-TEA")]
      const csv = [
        "listing_id;channel;external_id;variant_sku;pack_size",
        `${mug};One;L-MUG;MUG;2`,
        `${tea};One;L-TEA;NOPE;1`,
        ";One;L-NEW;TEA;1",
      ].join("\n")
      const wrong = { line: 3, column: "variant_sku" }
      const refused = await upload(csv, { dry_run: false, all_or_nothing: true })
      expect(refused.body).toMatchObject({ batch: null, preview: { bad_count: 1, problems: [wrong] } })
      expect(await idOf("L-NEW")).toBe("")
      const taken = await upload(csv, { dry_run: false })
      expect(taken.body).toMatchObject({ batch: { item_count: 2 }, preview: { changed_count: 1, new_count: 1 } })
      await world().drain()
      expect(await world().shown(channel)).toMatchObject({ "L-MUG": 8 })
      expect((await upload("nothing\n1")).status).toBe(400)
    })

    it("says what another mapping of locations changes, then gives and takes away numbers", async () => {
      const channel = await world().openChannel({
        has_locations: true,
        locations: [
          { id: "A", name: "A" },
          { id: "B", name: "B" },
        ],
      })
      const connectionId = await world().connect(channel, {
        settings: { has_locations: true },
        locations: ["A", "A", "A"],
      })
      const path = `/admin/hub/connections/${connectionId}/locations`
      const [first = "", second = ""] = world().shop.locationIds
      const mappings = [
        { stock_location_id: first, external_location_id: "B" },
        { stock_location_id: second, external_location_id: "B" },
      ]
      expect((await call("GET", path)).body).toMatchObject({
        external_locations: [
          { external_id: "A", name: "A" },
          { external_id: "B", name: "B" },
        ],
        external_problem: null,
      })
      const before = await world().shown(channel)
      const dry = await call<HubLocationChangesResponse>("POST", path, { mappings })
      expect(dry.body.changes).toMatchObject([
        { external_location_id: "A", kind: "removed", listing_count: 3 },
        { external_location_id: "B", kind: "added", before: [], after: ["Berlin", "Lyon"] },
      ])
      await world().drain()
      expect(await world().shown(channel)).toEqual(before)
      await call("POST", path, { mappings, dry_run: false })
      await world().drain()
      expect(await world().shown(channel)).toMatchObject({ "L-MUG@A": before["L-MUG@A"], "L-MUG@B": 17 })
      // And back: the numbers at A are known again, those at B stay.
      const back = world().shop.locationIds.map((id) => ({ stock_location_id: id, external_location_id: "A" }))
      await world().setStock("MUG", 0, 3)
      await call("POST", path, { mappings: back, dry_run: false })
      await world().drain()
      expect(await world().shown(channel)).toMatchObject({ "L-MUG@A": 8, "L-MUG@B": 17 })
      const twice = [mappings[0], { stock_location_id: first, external_location_id: "A" }]
      expect((await call("POST", path, { mappings: twice })).status).toBe(400)
      expect((await call("GET", "/admin/hub/connections/hconn_nobody/locations")).status).toBe(404)
    })

    it("tells of each past number what changed and who did it, and says where nobody is known", async () => {
      const channel = await world().openChannel()
      await world().connect(channel)
      const mug = await idOf("L-MUG")
      await world().setStock("MUG", 0, 10)
      await world().drain()
      await channel.order({ lines: [{ sku: "MUG", quantity: 2 }] })
      await world().ingest(1)
      await call("POST", "/admin/hub/mapping/bulk", { action: "pack", pack_size: 3, ids: [mug] })
      await world().drain()
      const past = async (query = ""): Promise<HubPastNumbersResponse> =>
        (await call<HubPastNumbersResponse>("GET", `/admin/hub/listings/${mug}/numbers${query}`)).body
      const { numbers } = await past()
      expect(numbers.map(({ quantity, outcome }) => [quantity, outcome])).toEqual([
        [4, "accepted"],
        [13, "accepted"],
        [15, "accepted"],
        [17, "accepted"],
        [17, "preview"],
      ])
      expect(numbers[0]?.causes).toMatchObject([
        { code: "mapping", field: "pack_size", from: "1", to: "3", who: "Demo" },
      ])
      expect(numbers[1]?.causes).toMatchObject([{ code: "sale", item: "MUG", order_channel: "One", order_number: "1" }])
      expect(numbers[2]?.causes).toMatchObject([{ code: "edited", from: "12", to: "10", who: null, order_id: null }])
      expect(numbers.at(-1)?.causes).toBeNull()
      const page = await past("?limit=1")
      const next = await past(`?limit=1&cursor=${encodeURIComponent(page.next_cursor ?? "")}`)
      expect([page.numbers[0]?.quantity, next.numbers[0]?.quantity]).toEqual([4, 13])

      const why = (query: string): ReturnType<typeof call<{ why: { explanation: { quantity: number } | null }[] }>> =>
        call("GET", `/admin/hub/listings/${mug}/why?${query}`)
      expect((await why(`number_id=${numbers[2]?.id ?? ""}`)).body.why[0]?.explanation?.quantity).toBe(15)
      // Answers have milliseconds, the database more: just after.
      const at = new Date(Date.parse(numbers[1]?.settled_at ?? "") + 1).toISOString()
      expect((await why(`at=${at}`)).body.why[0]?.explanation?.quantity).toBe(13)
      expect((await why("at=yesterday")).status).toBe(400)
    })

    it("names who edited a stock level through Medusa's own pages, and nobody whose edit was refused", async () => {
      await world().connect(await world().openChannel())
      await world().setStock("MUG", 0, 10)
      await world().drain()
      const [item] = await world().query<{ id: string }>("SELECT id FROM inventory_item WHERE sku = 'MUG'")
      const levels = `/admin/inventory-items/${item?.id ?? ""}/location-levels`
      const level = `${levels}/${world().shop.locationIds[0] ?? ""}`
      expect((await call("POST", level, { stocked_quantity: 7 })).status).toBe(200)
      await world().drain()
      const mug = await idOf("L-MUG")
      const { body } = await call<HubPastNumbersResponse>("GET", `/admin/hub/listings/${mug}/numbers`)
      expect(body.numbers[0]?.causes).toMatchObject([{ code: "edited", from: "10", to: "7", who: "Demo" }])

      const notes = async (): Promise<number | undefined> =>
        (await world().query<{ count: number }>("SELECT count(*)::int AS count FROM hub_stock_edit"))[0]?.count
      expect(await notes()).toBe(1)
      expect((await call("POST", level, { stocked_quantity: "many" })).status).toBe(400)
      await world().until(async () => (await notes()) === 1)
      expect(
        (await call("POST", `${levels}/batch`, { update: [{ location_id: "sloc_none", stocked_quantity: 1 }] })).status
      ).toBeGreaterThanOrEqual(400)
      await world().until(async () => (await notes()) === 1)
    })

    it("lists a batch of one listing for each change of the API as well", async () => {
      await world().connect(await world().openChannel())
      const id = await idOf("L-MUG")
      await call("POST", "/admin/hub/listings/batch", { update: [{ id, pack_size: 2 }] })
      await call("POST", "/admin/hub/listings/batch", { update: [{ id, pack_size: 2 }] })
      const { body } = await call<{ batches: HubMappingBatch[] }>("GET", "/admin/hub/mapping/batches")
      expect(body.batches).toMatchObject([{ kind: "edit", item_count: 1, requested_by_name: "Demo" }])
      const detail = await call<{ listing: HubListingDetail }>("GET", `/admin/hub/listings/${id}`)
      expect(detail.body.listing.pack_size).toBe(2)
    })
  })
