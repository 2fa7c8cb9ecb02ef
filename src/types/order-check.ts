import type { TotalsCheckState } from "./states"

/** One number that the channel and Medusa disagree on. Decimal texts with the decimals of the order's currency. */
export interface TotalsDifference {
  what: "total" | "tax" | "discount" | "shipping" | "current-total"
  channel: string
  medusa: string
}

/** What the buyer pays for one line, on the channel and in Medusa. */
export interface TotalsCheckLine {
  external_line_id: string
  title: string
  is_shipping: boolean
  channel: string
  medusa: string
  is_equal: boolean
}

/** Whether Medusa comes to the same cents as the channel. `unchecked`: the channel told no totals. */
export interface TotalsCheck {
  state: TotalsCheckState
  currency_code: string
  /** Null where the channel told none. */
  channel_total: string | null
  medusa_total: string
  /** What the channel's own lines and postage add up to. */
  lines_total: string
  /** Why the amounts could not be read; null when they could. */
  problem: string | null
  differences: TotalsDifference[]
  lines: TotalsCheckLine[]
}
