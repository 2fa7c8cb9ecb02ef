import { useCallback, useMemo, useState } from "react"

/** Which listings are ticked, or that all are that the filters find. */
export interface RowSelection {
  readonly ids: ReadonlySet<string>
  readonly isAllMatching: boolean
  readonly toggle: (id: string) => void
  readonly setMany: (ids: readonly string[], isSelected: boolean) => void
  readonly selectAllMatching: () => void
  readonly clear: () => void
}

const NONE: ReadonlySet<string> = new Set()

/** Forgets everything when `key` changes: what was ticked under other filters must not be changed unseen. */
export function useSelection(key: string): RowSelection {
  const [state, setState] = useState({ key, ids: NONE, isAllMatching: false })
  const isCurrent = state.key === key
  const ids = isCurrent ? state.ids : NONE
  const isAllMatching = isCurrent && state.isAllMatching
  const setMany = useCallback(
    (changed: readonly string[], isSelected: boolean) =>
      setState((current) => {
        const next = new Set(current.key === key ? current.ids : NONE)
        changed.forEach((id) => (isSelected ? next.add(id) : next.delete(id)))
        return { key, ids: next, isAllMatching: false }
      }),
    [key]
  )
  const toggle = useCallback(
    (id: string) =>
      setState((current) => {
        const next = new Set(current.key === key ? current.ids : NONE)
        if (!next.delete(id)) {
          next.add(id)
        }
        return { key, ids: next, isAllMatching: false }
      }),
    [key]
  )
  const selectAllMatching = useCallback(() => setState((current) => ({ ...current, key, isAllMatching: true })), [key])
  const clear = useCallback(() => setState({ key, ids: NONE, isAllMatching: false }), [key])
  return useMemo(
    () => ({ ids, isAllMatching, toggle, setMany, selectAllMatching, clear }),
    [ids, isAllMatching, toggle, setMany, selectAllMatching, clear]
  )
}
