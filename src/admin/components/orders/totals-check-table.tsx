import { clx } from "@medusajs/ui"
import type { TotalsCheck } from "../../../types"
import { useTexts } from "../../texts"

interface Row {
  readonly key: string
  readonly title: string
  readonly channel: string
  readonly medusa: string
  readonly isEqual: boolean
}

/** What the buyer pays line by line, there and here; what differs stands out by words, not by colour alone. */
export function TotalsCheckTable({ check }: { readonly check: TotalsCheck }) {
  const texts = useTexts().orders.check
  const rows: readonly Row[] = [
    ...check.lines.map((line) => ({
      key: line.external_line_id,
      title: line.title,
      channel: line.channel,
      medusa: line.medusa,
      isEqual: line.is_equal,
    })),
    ...check.differences.map(({ what, channel, medusa }) => ({
      key: what,
      title: texts.what[what],
      channel,
      medusa,
      isEqual: false,
    })),
  ]
  return (
    <table className="txt-compact-xsmall w-full">
      <caption className="sr-only">{texts.caption}</caption>
      <thead className="text-ui-fg-subtle">
        <tr>
          <th scope="col" className="pb-1 text-start font-normal">
            {texts.line}
          </th>
          <th scope="col" className="pb-1 ps-3 text-end font-normal">
            {texts.channel}
          </th>
          <th scope="col" className="pb-1 ps-3 text-end font-normal">
            {texts.medusa}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={clx("align-top", row.isEqual ? "text-ui-fg-subtle" : "text-ui-fg-base")}>
            <th scope="row" className="py-0.5 text-start font-normal break-words">
              {row.title}
              {!row.isEqual && <span className="text-ui-tag-orange-text ms-1">({texts.differs})</span>}
            </th>
            <td className="py-0.5 ps-3 text-end tabular-nums">{row.channel}</td>
            <td className={clx("py-0.5 ps-3 text-end tabular-nums", !row.isEqual && "font-medium")}>{row.medusa}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
