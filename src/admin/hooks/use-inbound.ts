import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useCallback, useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type {
  HubInboundMessageResponse,
  HubInboundResponse,
  HubOAuthResponse,
  HubWebhooksResponse,
  InboundState,
  InboundTopic,
} from "../../types"
import { sdk } from "../lib/sdk"
import { inbound as words } from "../texts/en/inbound"
import { LIVE, POLL_MS } from "./live"

export type Within = keyof typeof words.within

const HOUR_MS = 3_600_000
const WITHIN_MS: Readonly<Record<Within, number>> = { "1h": HOUR_MS, "24h": 24 * HOUR_MS, "7d": 168 * HOUR_MS }

/** Null asks for everything. */
export interface InboundFilters {
  readonly channel: string | null
  readonly state: InboundState | null
  readonly topic: InboundTopic | null
  readonly within: Within | null
  readonly search: string | null
}

export const NO_INBOUND_FILTERS: InboundFilters = {
  channel: null,
  state: null,
  topic: null,
  within: null,
  search: null,
}

const isState = (name: string): name is InboundState => Object.hasOwn(words.state, name)
const isTopic = (name: string): name is InboundTopic => Object.hasOwn(words.topic, name)
const isWithin = (name: string): name is Within => Object.hasOwn(words.within, name)

export const INBOUND_STATE_NAMES = Object.keys(words.state).filter(isState)
export const INBOUND_TOPIC_NAMES = Object.keys(words.topic).filter(isTopic)
export const WITHIN_NAMES = Object.keys(words.within).filter(isWithin)

function fromParams(params: URLSearchParams): InboundFilters {
  const [state, topic, within] = ["state", "topic", "within"].map((name) => params.get(name) ?? "")
  return {
    channel: params.get("channel"),
    state: state !== undefined && isState(state) ? state : null,
    topic: topic !== undefined && isTopic(topic) ? topic : null,
    within: within !== undefined && isWithin(within) ? within : null,
    search: params.get("search"),
  }
}

/** The filters and the message that is shown live in the address, so that a view can be linked to and survives a reload. */
export function useInboundFilters() {
  const [params, setParams] = useSearchParams()
  const filters = useMemo(() => fromParams(params), [params])
  const change = useCallback(
    (changes: Readonly<Record<string, string | null>>) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current)
          for (const [name, value] of Object.entries(changes)) {
            if (value === null) {
              next.delete(name)
            } else {
              next.set(name, value)
            }
          }
          return next
        },
        { replace: true }
      ),
    [setParams]
  )
  return { filters, change, messageId: params.get("message") }
}

const sinceOf = (within: Within | null): string | undefined =>
  within === null ? undefined : new Date(Date.now() - WITHIN_MS[within]).toISOString()

const given = <Value>(name: string, value: Value | null | undefined): Record<string, Value> =>
  value === null || value === undefined ? {} : { [name]: value }

/** As the Admin API takes them, for the list and for a replay of all that it shows. */
export const inboundQuery = (filters: InboundFilters): Record<string, string> => ({
  ...given("connection_id", filters.channel),
  ...given("state", filters.state),
  ...given("topic", filters.topic),
  ...given("since", sinceOf(filters.within)),
})

const PAGE_SIZE = 30

export const useInbound = (filters: InboundFilters) =>
  useInfiniteQuery({
    queryKey: ["hub", "inbound", filters],
    queryFn: ({ pageParam, signal }) =>
      sdk.client.fetch<HubInboundResponse>("/admin/hub/inbound", {
        query: {
          limit: PAGE_SIZE,
          ...inboundQuery(filters),
          ...given("search", filters.search),
          ...given("cursor", pageParam),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: 2 * POLL_MS,
    ...LIVE,
  })

export const useInboundMessage = (id: string) =>
  useQuery({
    queryKey: ["hub", "inbound-message", id],
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubInboundMessageResponse>(`/admin/hub/inbound/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: 2 * POLL_MS,
    ...LIVE,
  })

const ofConnection = (id: string, part: string): string => `/admin/hub/connections/${encodeURIComponent(id)}/${part}`

/** Subscriptions change by the day; counts of messages need not be of this second. */
const WEBHOOKS_POLL_MS = 5 * POLL_MS

export const useWebhooks = (connectionId: string) =>
  useQuery({
    queryKey: ["hub", "webhooks", connectionId],
    queryFn: ({ signal }) => sdk.client.fetch<HubWebhooksResponse>(ofConnection(connectionId, "webhooks"), { signal }),
    refetchInterval: WEBHOOKS_POLL_MS,
    ...LIVE,
  })

export const useOAuth = (connectionId: string) =>
  useQuery({
    queryKey: ["hub", "oauth", connectionId],
    queryFn: ({ signal }) => sdk.client.fetch<HubOAuthResponse>(ofConnection(connectionId, "oauth"), { signal }),
    refetchInterval: WEBHOOKS_POLL_MS,
    ...LIVE,
  })
