import { useCallback, useState, type KeyboardEvent } from "react"

interface RowKeys {
  readonly onToggle: (index: number) => void
  readonly onOpen: (index: number) => void
  readonly onWhy: (index: number) => void
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))

/**
 * Keys of a table: j and k move, x selects, Enter opens, w asks why. The rows carry `data-row`, and exactly one of them is in
 * the order of the Tab key.
 */
export function useRowKeys(count: number, { onToggle, onOpen, onWhy }: RowKeys) {
  const [current, setCurrent] = useState(0)
  const index = Math.min(current, Math.max(0, count - 1))
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return
      }
      const isOnRow = event.target instanceof HTMLElement && event.target.dataset.row !== undefined
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
      if (step !== undefined) {
        const next = Math.min(count - 1, Math.max(0, index + step))
        setCurrent(next)
        event.currentTarget.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus()
        event.preventDefault()
      } else if (event.key === "x") {
        onToggle(index)
        event.preventDefault()
      } else if (event.key === "w") {
        onWhy(index)
        event.preventDefault()
      } else if (event.key === "Enter" && isOnRow) {
        onOpen(index)
        event.preventDefault()
      }
    },
    [count, index, onToggle, onOpen, onWhy]
  )
  return { current: index, setCurrent, onKeyDown }
}
