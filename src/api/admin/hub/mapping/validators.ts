import { z } from "@medusajs/framework/zod"
import { listingFilterShape, MOST_IN_BATCH, MOST_IN_PACK } from "../listings/validators"

const packSize = z.int().min(1).max(MOST_IN_PACK)

const selection = {
  /** These listings. */
  ids: z.array(z.string().min(1)).min(1).max(MOST_IN_BATCH).optional(),
  /** Or all that this finds. */
  filter: z.strictObject(listingFilterShape).optional(),
  /** Say what would happen, and change nothing. */
  dry_run: z.boolean().default(false),
}

export const AdminBulkHubListings = z
  .discriminatedUnion("action", [
    z.strictObject({
      action: z.literal("link"),
      variant_id: z.string().min(1),
      pack_size: packSize.optional(),
      ...selection,
    }),
    z.strictObject({ action: z.literal("unlink"), ...selection }),
    z.strictObject({ action: z.literal("ignore"), ...selection }),
    z.strictObject({ action: z.literal("unignore"), ...selection }),
    z.strictObject({ action: z.literal("pack"), pack_size: packSize, ...selection }),
    z.strictObject({ action: z.literal("accept"), min_score: z.int().min(0).max(100).default(0), ...selection }),
    z.strictObject({ action: z.literal("reject"), ...selection }),
  ])
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    message: "Name the listings by either ids or a filter.",
    path: ["ids"],
  })

export type AdminBulkHubListingsType = z.infer<typeof AdminBulkHubListings>

export const AdminGetHubMappingBatches = z.strictObject({
  /** Id of the last batch of the page before. */
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export type AdminGetHubMappingBatchesType = z.infer<typeof AdminGetHubMappingBatches>

export const AdminExportHubMapping = z.strictObject({
  ...listingFilterShape,
  delimiter: z.enum(["comma", "semicolon", "tab"]).default("comma"),
})

export type AdminExportHubMappingType = z.infer<typeof AdminExportHubMapping>

export const AdminImportHubMapping = z.strictObject({
  /** The file's text: UTF-8; comma, semicolon or tab. */
  csv: z.string().min(1).max(8_000_000),
  file_name: z.string().max(255).nullable().default(null),
  /** Say what would change, and change nothing. */
  dry_run: z.boolean().default(true),
  /** Change nothing when anything in the file is wrong. */
  all_or_nothing: z.boolean().default(false),
})

export type AdminImportHubMappingType = z.infer<typeof AdminImportHubMapping>

export const AdminSearchHubVariants = z.strictObject({
  q: z.string().trim().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

export type AdminSearchHubVariantsType = z.infer<typeof AdminSearchHubVariants>

export const AdminSuggestHubListings = z.strictObject({
  /** Null: of every connection. */
  connection_id: z.string().min(1).nullable().default(null),
})

export type AdminSuggestHubListingsType = z.infer<typeof AdminSuggestHubListings>

export const AdminSaveHubView = z.strictObject({
  name: z.string().trim().min(1).max(60),
  filters: z.record(z.string().max(40), z.string().max(200)),
})

export type AdminSaveHubViewType = z.infer<typeof AdminSaveHubView>

export const AdminSaveHubLocations = z.strictObject({
  mappings: z
    .array(
      z.strictObject({
        stock_location_id: z.string().min(1),
        external_location_id: z.string().min(1).max(500).default("*"),
      })
    )
    .min(1)
    .max(1_000),
  /** Say what would change, and change nothing. */
  dry_run: z.boolean().default(true),
})

export type AdminSaveHubLocationsType = z.infer<typeof AdminSaveHubLocations>
