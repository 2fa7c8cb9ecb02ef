import {
  ArrowsReduceDiagonal,
  Beaker,
  CheckCircleSolid,
  CircleDottedLine,
  CircleMinusSolid,
  ClockSolid,
  ExclamationCircleSolid,
  EyeSlash,
  InformationCircleSolid,
  KeySolid,
  PauseSolid,
  PencilSquare,
  ToolsSolid,
  XCircleSolid,
} from "@medusajs/icons"
import { Badge } from "@medusajs/ui"
import type { ComponentProps } from "react"
import type { ConnectionState, HubListingRowState, IssueSeverity } from "../../types"
import { useTexts } from "../texts"

export interface Look {
  readonly color: NonNullable<ComponentProps<typeof Badge>["color"]>
  readonly Icon: typeof CheckCircleSolid
}

const CONNECTION_LOOKS: Readonly<Record<ConnectionState, Look>> = {
  draft: { color: "grey", Icon: PencilSquare },
  testing: { color: "blue", Icon: Beaker },
  connected: { color: "green", Icon: CheckCircleSolid },
  degraded: { color: "orange", Icon: ExclamationCircleSolid },
  "needs-reauthorisation": { color: "red", Icon: KeySolid },
  paused: { color: "orange", Icon: PauseSolid },
  maintenance: { color: "blue", Icon: ToolsSolid },
  deprecated: { color: "orange", Icon: ExclamationCircleSolid },
  disabled: { color: "grey", Icon: CircleMinusSolid },
}

const LISTING_LOOKS: Readonly<Record<HubListingRowState, Look>> = {
  "in-sync": { color: "green", Icon: CheckCircleSolid },
  pending: { color: "blue", Icon: ClockSolid },
  skipped: { color: "grey", Icon: CircleMinusSolid },
  held: { color: "orange", Icon: PauseSolid },
  failed: { color: "red", Icon: XCircleSolid },
  conflict: { color: "purple", Icon: ArrowsReduceDiagonal },
  unlinked: { color: "grey", Icon: CircleDottedLine },
  ignored: { color: "grey", Icon: EyeSlash },
}

const SEVERITY_LOOKS: Readonly<Record<IssueSeverity, Look>> = {
  critical: { color: "red", Icon: XCircleSolid },
  warning: { color: "orange", Icon: ExclamationCircleSolid },
  info: { color: "grey", Icon: InformationCircleSolid },
}

/** A state as colour, icon and words: never as colour alone. */
export function StateBadge({ look: { color, Icon }, text }: { readonly look: Look; readonly text: string }) {
  return (
    <Badge size="2xsmall" color={color} className="w-fit shrink-0 gap-x-1 whitespace-nowrap">
      <Icon aria-hidden className="size-3 shrink-0" />
      {text}
    </Badge>
  )
}

export const ConnectionBadge = ({ state }: { readonly state: ConnectionState }) => {
  const texts = useTexts()
  return <StateBadge look={CONNECTION_LOOKS[state]} text={texts.channel.state[state]} />
}

export const ListingBadge = ({ state }: { readonly state: HubListingRowState }) => {
  const texts = useTexts()
  return <StateBadge look={LISTING_LOOKS[state]} text={texts.listing.state[state]} />
}

export const SeverityBadge = ({ severity }: { readonly severity: IssueSeverity }) => {
  const texts = useTexts()
  return <StateBadge look={SEVERITY_LOOKS[severity]} text={texts.attention.severity[severity]} />
}
