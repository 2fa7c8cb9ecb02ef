import { useCallback, useMemo } from "react"
import { useSearchParams } from "react-router-dom"
import type { RunKind, RunState } from "../../types"
import { runs as words } from "../texts/en/runs"
import type { RunFilters } from "./use-runs"

const isKind = (name: string): name is RunKind => Object.hasOwn(words.kind, name)
const isState = (name: string): name is RunState => Object.hasOwn(words.state, name)

export const RUN_KIND_NAMES = Object.keys(words.kind).filter(isKind)
export const RUN_STATE_NAMES = Object.keys(words.state).filter(isState)

function fromParams(params: URLSearchParams): RunFilters {
  const kind = params.get("kind") ?? ""
  const state = params.get("state") ?? ""
  return { channel: params.get("channel"), kind: isKind(kind) ? kind : null, state: isState(state) ? state : null }
}

const toParams = (filters: RunFilters): URLSearchParams =>
  new URLSearchParams(Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== null))

/** The filters live in the address, so that a view can be linked to and survives a reload. */
export function useRunFilters() {
  const [params, setParams] = useSearchParams()
  const filters = useMemo(() => fromParams(params), [params])
  const setFilters = useCallback(
    (change: Partial<RunFilters>) =>
      setParams((current) => toParams({ ...fromParams(current), ...change }), { replace: true }),
    [setParams]
  )
  return { filters, setFilters }
}
