import { clx } from "@medusajs/ui"
import { formatCount } from "../lib/format"
import { useTexts } from "../texts"

interface NumberWithWhyProps {
  /** What the number is, for those who cannot see the column: "Should show". */
  readonly what: string
  readonly quantity: number | null
  readonly onAsk: () => void
  /** Set when the answer unfolds in place instead of in a drawer. */
  readonly unfolds?: { readonly id: string; readonly isOpen: boolean }
  readonly className?: string
}

/** A number that answers where it comes from when it is asked. */
export function NumberWithWhy({ what, quantity, onAsk, unfolds, className }: NumberWithWhyProps) {
  const texts = useTexts()
  const shown = quantity === null ? texts.listing.unknownNumber : formatCount(quantity)
  const popup = unfolds
    ? { "aria-expanded": unfolds.isOpen, "aria-controls": unfolds.id }
    : { "aria-haspopup": "dialog" as const }
  return (
    <button
      type="button"
      onClick={onAsk}
      aria-label={texts.why.ask(what, shown)}
      className={clx(
        "text-ui-fg-base decoration-ui-fg-muted hover:text-ui-fg-interactive hover:decoration-ui-fg-interactive",
        "focus-visible:shadow-borders-focus min-h-7 min-w-7 rounded-md px-1 outline-none",
        "underline decoration-dotted underline-offset-4 tabular-nums",
        { "text-ui-fg-subtle md:whitespace-nowrap": quantity === null },
        className
      )}
      {...popup}
    >
      {shown}
    </button>
  )
}
