import { useMutation, useQueryClient } from "@tanstack/react-query"
import type {
  HubCsvImportResponse,
  HubListingDetail,
  HubLocationChangesResponse,
  HubMappingBatch,
  HubMappingChangeResponse,
  HubMappingUndoResponse,
  HubSavedView,
} from "../../../types"
import { sdk } from "../../lib/sdk"

/** Which listings an action is for: these, or all that the filters of the address find. */
export type Selection =
  { readonly ids: readonly string[] } | { readonly filter: Readonly<Record<string, string | number>> }

export type BulkActionName = "accept" | "reject" | "link" | "unlink" | "ignore" | "unignore" | "pack"

export interface BulkRequest {
  readonly action: BulkActionName
  readonly selection: Selection
  readonly variant_id?: string
  readonly pack_size?: number
  readonly min_score?: number
}

const bulk = ({ selection, ...request }: BulkRequest, isDryRun: boolean): Promise<HubMappingChangeResponse> =>
  sdk.client.fetch("/admin/hub/mapping/bulk", {
    method: "POST",
    body: { ...request, ...selection, dry_run: isDryRun },
  })

/** Everything of the hub is asked anew after a change: counts, rows, history, numbers. */
function useChange<Request, Answer>(change: (request: Request) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ["hub"] }),
    networkMode: "always",
  })
}

export const useBulkChange = () => useChange((request: BulkRequest) => bulk(request, false))

/** Asks what a change would do. */
export const useBulkPreview = () =>
  useMutation({ mutationFn: (request: BulkRequest) => bulk(request, true), networkMode: "always" })

export const useUndoBatch = () =>
  useChange((id: string) =>
    sdk.client.fetch<HubMappingUndoResponse>(`/admin/hub/mapping/batches/${encodeURIComponent(id)}/undo`, {
      method: "POST",
    })
  )

export interface NewListing {
  readonly connection_id: string
  readonly external_id: string
  readonly external_sku: string | null
  readonly title: string | null
  readonly variant_id: string
  readonly pack_size: number
}

export const useCreateListing = () =>
  useChange((listing: NewListing) =>
    sdk.client.fetch<{ listing: HubListingDetail; batch: HubMappingBatch | null }>("/admin/hub/listings", {
      method: "POST",
      body: listing,
    })
  )

export const useSuggestAgain = () =>
  useChange((connectionId: string | null) =>
    sdk.client.fetch("/admin/hub/mapping/suggest", { method: "POST", body: { connection_id: connectionId } })
  )

export const useSaveView = () =>
  useChange((view: { readonly name: string; readonly filters: Readonly<Record<string, string>> }) =>
    sdk.client.fetch<{ view: HubSavedView }>("/admin/hub/mapping/views", { method: "POST", body: view })
  )

export const useRemoveView = () =>
  useChange((id: string) =>
    sdk.client.fetch(`/admin/hub/mapping/views/${encodeURIComponent(id)}`, { method: "DELETE" })
  )

export interface CsvRequest {
  readonly csv: string
  readonly file_name: string
  readonly all_or_nothing: boolean
}

const csv = (request: CsvRequest, isDryRun: boolean): Promise<HubCsvImportResponse> =>
  sdk.client.fetch("/admin/hub/mapping/csv/import", { method: "POST", body: { ...request, dry_run: isDryRun } })

export const useCsvPreview = () =>
  useMutation({ mutationFn: (request: CsvRequest) => csv(request, true), networkMode: "always" })

export const useCsvImport = () => useChange((request: CsvRequest) => csv(request, false))

export interface LocationRequest {
  readonly connectionId: string
  readonly mappings: readonly { readonly stock_location_id: string; readonly external_location_id: string }[]
}

const locations = (
  { connectionId, mappings }: LocationRequest,
  isDryRun: boolean
): Promise<HubLocationChangesResponse> =>
  sdk.client.fetch(`/admin/hub/connections/${encodeURIComponent(connectionId)}/locations`, {
    method: "POST",
    body: { mappings, dry_run: isDryRun },
  })

export const useLocationPreview = () =>
  useMutation({ mutationFn: (request: LocationRequest) => locations(request, true), networkMode: "always" })

export const useSaveLocations = () => useChange((request: LocationRequest) => locations(request, false))
