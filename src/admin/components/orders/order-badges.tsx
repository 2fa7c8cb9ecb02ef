import {
  Beaker,
  CheckCircleSolid,
  CircleMinusSolid,
  ClockSolid,
  ExclamationCircleSolid,
  InformationCircleSolid,
  PauseSolid,
  XCircleSolid,
} from "@medusajs/icons"
import type { HubChannelOrderSummary } from "../../../types"
import { useTexts } from "../../texts"
import { StateBadge, type Look } from "../state-badge"

type OrderMark =
  | "held"
  | "equal"
  | "released"
  | "different"
  | "unchecked"
  | "cancelled"
  | "historic"
  | "test"
  | "oversold"
  | "unmapped"
  | "refunded"

const LOOKS: Readonly<Record<OrderMark, Look>> = {
  held: { color: "orange", Icon: PauseSolid },
  equal: { color: "green", Icon: CheckCircleSolid },
  released: { color: "blue", Icon: CheckCircleSolid },
  different: { color: "orange", Icon: ExclamationCircleSolid },
  unchecked: { color: "grey", Icon: InformationCircleSolid },
  cancelled: { color: "grey", Icon: CircleMinusSolid },
  historic: { color: "grey", Icon: ClockSolid },
  test: { color: "purple", Icon: Beaker },
  oversold: { color: "red", Icon: XCircleSolid },
  unmapped: { color: "red", Icon: XCircleSolid },
  refunded: { color: "blue", Icon: InformationCircleSolid },
}

function checkMark(order: HubChannelOrderSummary): OrderMark {
  if (order.held_at !== null) {
    return "held"
  }
  if (order.check_state !== "different") {
    return order.check_state
  }
  return order.released_at === null ? "different" : "released"
}

const marksOf = (order: HubChannelOrderSummary): readonly OrderMark[] => [
  ...(order.is_test ? ([] as const) : ([checkMark(order)] as const)),
  ...(order.oversold_count > 0 ? (["oversold"] as const) : []),
  ...(order.unmapped_count > 0 ? (["unmapped"] as const) : []),
  ...(order.refund_count > 0 ? (["refunded"] as const) : []),
  ...(order.cancelled_at === null ? [] : (["cancelled"] as const)),
  ...(order.is_historic ? (["historic"] as const) : []),
  ...(order.is_test ? (["test"] as const) : []),
]

/** How an order of a channel stands: its totals first, then what somebody may have to look at. */
export function OrderBadges({ order }: { readonly order: HubChannelOrderSummary }) {
  const { state } = useTexts().orders
  return (
    <span className="flex flex-wrap gap-1">
      {marksOf(order).map((mark) => (
        <StateBadge key={mark} look={LOOKS[mark]} text={state[mark]} />
      ))}
    </span>
  )
}
