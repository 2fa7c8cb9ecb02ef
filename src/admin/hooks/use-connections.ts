import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import type {
  HubConnectionResponse,
  HubConnectionSummary,
  HubConnectionTestResponse,
  HubConnectorsResponse,
  HubExternalLocationsResponse,
  HubRun,
  HubSnapshot,
  HubTimelineResponse,
  PersonalConnectionEvent,
  WriteMode,
} from "../../types"
import { sdk } from "../lib/sdk"
import { translateConnector } from "../lib/translate-connector"
import { LIVE, POLL_MS } from "./live"

const BASE = "/admin/hub/connections"

const pathOf = (id: string, rest = ""): string => `${BASE}/${encodeURIComponent(id)}${rest}`

export const useConnections = () =>
  useQuery({
    queryKey: ["hub", "connections"],
    queryFn: ({ signal }) => sdk.client.fetch<{ connections: HubConnectionSummary[] }>(BASE, { signal }),
    refetchInterval: POLL_MS,
    ...LIVE,
  })

/** One connection; null asks nothing. */
export const useConnection = (id: string | null) =>
  useQuery({
    queryKey: ["hub", "connection", id],
    queryFn: ({ signal }) => sdk.client.fetch<HubConnectionResponse>(pathOf(id ?? ""), { signal }),
    enabled: id !== null,
    refetchInterval: POLL_MS,
    ...LIVE,
  })

/** The catalogue, in the language of the admin. */
export function useConnectors() {
  const { language } = useTranslation().i18n
  return useQuery({
    queryKey: ["hub", "connectors"],
    queryFn: ({ signal }) => sdk.client.fetch<HubConnectorsResponse>("/admin/hub/connectors", { signal }),
    select: ({ connectors }) => ({
      connectors: connectors.map((connector) => translateConnector(connector, language)),
    }),
    staleTime: 60_000,
  })
}

export const useExternalLocations = (id: string) =>
  useQuery({
    queryKey: ["hub", "connection", id, "external-locations"],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubExternalLocationsResponse>(pathOf(id, "/external-locations"), { signal }),
    retry: false,
  })

const TIMELINE_PAGE = 30

export const useTimeline = (id: string) =>
  useInfiniteQuery({
    queryKey: ["hub", "connection", id, "timeline"],
    queryFn: ({ pageParam, signal }) =>
      sdk.client.fetch<HubTimelineResponse>(pathOf(id, "/timeline"), {
        query: { limit: TIMELINE_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: (query) => POLL_MS * Math.max(1, query.state.data?.pages.length ?? 1),
    ...LIVE,
  })

export const useSnapshots = (id: string) =>
  useQuery({
    queryKey: ["hub", "connection", id, "snapshots"],
    queryFn: ({ signal }) => sdk.client.fetch<{ snapshots: HubSnapshot[] }>(pathOf(id, "/snapshots"), { signal }),
  })

/** A stored secret: its name and since when, never its value. */
export interface StoredCredential {
  readonly name: string
  readonly key_id: string
  readonly is_readable: boolean
  readonly stored_at: string
}

export const useCredentials = (id: string) =>
  useQuery({
    queryKey: ["hub", "connection", id, "credentials"],
    queryFn: ({ signal }) =>
      sdk.client.fetch<{ credentials: StoredCredential[] }>(pathOf(id, "/credentials"), { signal }),
  })

/** What going live would write, as the server compares it with what the channel shows. */
export interface ConnectionPreview {
  readonly snapshot_id: string
  readonly taken_at: string
  readonly total: number
  readonly same: number
  readonly lower: number
  readonly higher: number
  readonly to_zero: number
  readonly unknown: number
  readonly left_alone: number
  readonly pending: number
  readonly rows: readonly {
    readonly listing_id: string
    readonly external_location_id: string
    readonly external_sku: string | null
    readonly title: string
    readonly shown: number | null
    readonly would_show: number
  }[]
}

export const usePreview = (id: string) =>
  useQuery({
    queryKey: ["hub", "connection", id, "preview"],
    queryFn: ({ signal }) =>
      sdk.client.fetch<{ preview: ConnectionPreview | null }>(pathOf(id, "/preview"), { signal }),
    refetchInterval: POLL_MS,
    ...LIVE,
  })

/** The newest run of a kind; null while there is none. */
export const useLatestRun = (connectionId: string, kind: string) =>
  useQuery({
    queryKey: ["hub", "runs", connectionId, kind],
    queryFn: ({ signal }) =>
      sdk.client.fetch<{ runs: HubRun[] }>("/admin/hub/runs", {
        query: { connection_id: connectionId, kind, limit: 1 },
        signal,
      }),
    select: ({ runs }) => runs[0] ?? null,
    refetchInterval: 1_000,
    ...LIVE,
  })

interface Call<Input> {
  readonly method?: "POST" | "DELETE"
  readonly path: (input: Input) => string
  readonly body?: (input: Input) => object
}

/** A change, after which everything about the hub is read anew. */
function useHubMutation<Input, Output>({ method = "POST", path, body }: Call<Input>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) =>
      sdk.client.fetch<Output>(path(input), { method, ...(body ? { body: body(input) } : {}) }),
    onSettled: () => client.invalidateQueries({ queryKey: ["hub"] }),
  })
}

export const useCreateDraft = () =>
  useHubMutation<{ name: string; connector_id: string }, { connection: { id: string } }>({
    path: () => BASE,
    body: (input) => input,
  })

export const useUpdateConnection = (id: string) =>
  useHubMutation<object, HubConnectionResponse>({ path: () => pathOf(id), body: (input) => input })

export const useDeleteDraft = () =>
  useHubMutation<string, { id: string }>({ method: "DELETE", path: (id) => pathOf(id) })

export const useTestConnection = (id: string) =>
  useHubMutation<Record<string, unknown>, HubConnectionTestResponse>({
    path: () => pathOf(id, "/check"),
    body: (settings) => ({ settings }),
  })

export const useMoveConnection = (id: string) =>
  useHubMutation<{ event: PersonalConnectionEvent; reason?: string }, HubConnectionResponse>({
    path: () => pathOf(id, "/state"),
    body: (input) => input,
  })

export const useConnect = (id: string) =>
  useHubMutation<undefined, { run: HubRun | null }>({ path: () => pathOf(id, "/connect"), body: () => ({}) })

export const useTakePreview = (id: string) =>
  useHubMutation<undefined, { run: HubRun | null }>({ path: () => pathOf(id, "/preview") })

export const useWriteMode = (id: string) =>
  useHubMutation<WriteMode, { run: HubRun | null }>({
    path: () => pathOf(id, "/write-mode"),
    body: (mode) => ({ write_mode: mode }),
  })

export const useDisconnect = (id: string) =>
  useHubMutation<"leave" | "zero", { run: HubRun | null }>({
    path: () => pathOf(id, "/disconnect"),
    body: (quantities) => ({ quantities }),
  })

export const useReplaceCredentials = (id: string) =>
  useHubMutation<Record<string, string>, unknown>({
    path: () => pathOf(id, "/credentials"),
    body: (secrets) => ({ secrets, replace_unreadable: Object.keys(secrets) }),
  })

export const useStartRun = (connectionId: string) =>
  useHubMutation<{ kind: string; scope: object }, { run: HubRun }>({
    path: () => "/admin/hub/runs",
    body: (input) => ({ ...input, connection_id: connectionId }),
  })

export const useReleaseGuards = (id: string) =>
  useHubMutation<undefined, { released: number }>({ path: () => pathOf(id, "/release") })

export const previewCsvPath = (id: string): string => pathOf(id, "/preview/csv")
