import { Badge, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import type { ConnectionState, WriteMode } from "../../../types"
import { connectionPath } from "../../lib/paths"
import { useTexts } from "../../texts"
import { ConnectionBadge } from "../state-badge"
import { TextLink } from "../text-link"

interface ConnectionLineProps {
  readonly id: string
  readonly name: string
  readonly state: ConnectionState
  readonly mode: WriteMode
  /** What is to be said of it here. */
  readonly children: ReactNode
}

/** A connection by name and state, with what it has to do with the page. */
export function ConnectionLine({ id, name, state, mode, children }: ConnectionLineProps) {
  const texts = useTexts()
  return (
    <li className="flex flex-col gap-y-1 px-6 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <Text size="small" leading="compact" weight="plus" className="min-w-0 break-words">
          <TextLink to={connectionPath(id)}>{name}</TextLink>
        </Text>
        <div className="flex items-center gap-x-2">
          {mode === "shadow" && <Badge size="2xsmall">{texts.places.mode.shadow}</Badge>}
          <ConnectionBadge state={state} />
        </div>
      </div>
      {children}
    </li>
  )
}
