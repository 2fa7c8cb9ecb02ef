import {
  ArrowPath,
  CheckCircleSolid,
  CircleMinusSolid,
  ClockSolid,
  ExclamationCircleSolid,
  XCircleSolid,
} from "@medusajs/icons"
import type { InboundState } from "../../../types"
import { useTexts } from "../../texts"
import { StateBadge, type Look } from "../state-badge"

const LOOKS: Readonly<Record<InboundState, Look>> = {
  accepted: { color: "blue", Icon: ClockSolid },
  processed: { color: "green", Icon: CheckCircleSolid },
  stale: { color: "grey", Icon: CircleMinusSolid },
  failed: { color: "red", Icon: XCircleSolid },
  duplicate: { color: "grey", Icon: ArrowPath },
  rejected: { color: "orange", Icon: ExclamationCircleSolid },
}

export const InboundBadge = ({ state }: { readonly state: InboundState }) => {
  const { inbound } = useTexts()
  return <StateBadge look={LOOKS[state]} text={inbound.state[state]} />
}
