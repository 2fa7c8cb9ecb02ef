import {
  ArrowPath,
  CheckCircleSolid,
  CircleMinusSolid,
  ClockSolid,
  ExclamationCircleSolid,
  XCircleSolid,
} from "@medusajs/icons"
import type { RunState } from "../../../types"
import { useTexts } from "../../texts"
import { StateBadge, type Look } from "../state-badge"

const LOOKS: Readonly<Record<RunState, Look>> = {
  queued: { color: "grey", Icon: ClockSolid },
  running: { color: "blue", Icon: ArrowPath },
  succeeded: { color: "green", Icon: CheckCircleSolid },
  "succeeded-with-problems": { color: "orange", Icon: ExclamationCircleSolid },
  failed: { color: "red", Icon: XCircleSolid },
  cancelled: { color: "grey", Icon: CircleMinusSolid },
}

export const RunBadge = ({ state }: { readonly state: RunState }) => {
  const texts = useTexts()
  return <StateBadge look={LOOKS[state]} text={texts.runs.state[state]} />
}
