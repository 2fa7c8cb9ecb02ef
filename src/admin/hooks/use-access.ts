import { useQuery } from "@tanstack/react-query"
import type { HubAccessResponse, HubAction } from "../../types"
import { sdk } from "../lib/sdk"
import { useTexts } from "../texts"

const ACCESS_KEY = ["hub", "access"]

/** Of what we may do ourselves. Kept for a minute: a click that comes too late is refused by the server, in words. */
const STALE_MS = 60_000

/** What everybody may do, for the settings page. */
export const useAccessList = () =>
  useQuery({
    queryKey: ACCESS_KEY,
    queryFn: ({ signal }) =>
      sdk.client.fetch<HubAccessResponse>("/admin/hub/access", { query: { limit: 200 }, signal }),
    staleTime: STALE_MS,
    retry: false,
  })

export interface Access {
  /** True until it is known, so that nothing flickers from forbidden to allowed. */
  readonly may: (action: HubAction) => boolean
  /** Why not, as a sentence for a tooltip; null when it may. */
  readonly reason: (action: HubAction) => string | null
}

/** What the person who looks at the page may do. */
export function useAccess(): Access {
  const texts = useTexts()
  const { data, error } = useAccessList()
  const actions = data?.me.actions
  // Who may not even view is told so by the server; who cannot be asked about is left to the server as well.
  const isForbidden = error !== null && "status" in error && error.status === 403
  const may = (action: HubAction): boolean => !isForbidden && (actions === undefined || actions.includes(action))
  return {
    may,
    reason: (action) => (may(action) ? null : texts.access.lacking(texts.access.action[action])),
  }
}
