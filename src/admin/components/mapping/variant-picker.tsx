import { Input, Label, Text } from "@medusajs/ui"
import { useId, useState, type ReactNode } from "react"
import type { HubVariantChoice } from "../../../types"
import { useVariantSearch } from "../../hooks/mapping/use-mapping-queries"
import { useSettled } from "../../hooks/use-settled"
import { useTexts } from "../../texts"

const DELAY_MS = 250

interface VariantPickerProps {
  readonly label: string
  /** What stands beside each variant that was found: a button, or the sign that it is chosen. */
  readonly action: (variant: HubVariantChoice) => ReactNode
  readonly initialSearch?: string
}

/** Title of a variant; one that has no title of its own is called like its product. */
export const titleOf = (variant: Pick<HubVariantChoice, "title" | "product_title">): string =>
  variant.title === "" || variant.title === variant.product_title || variant.title === "Default variant"
    ? variant.product_title
    : `${variant.product_title} · ${variant.title}`

/** Finds a variant by SKU, title or barcode. */
export function VariantPicker({ label, action, initialSearch = "" }: VariantPickerProps) {
  const texts = useTexts()
  const id = useId()
  const [typed, setTyped] = useState(initialSearch)
  const { data } = useVariantSearch(useSettled(typed, DELAY_MS).trim())
  const isAsked = typed.trim() !== ""
  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
      </Label>
      <Input
        id={id}
        type="search"
        size="small"
        value={typed}
        autoComplete="off"
        maxLength={100}
        placeholder={texts.mapping.review.searchHint}
        onChange={(event) => setTyped(event.target.value)}
      />
      {isAsked && data?.variants.length === 0 && (
        <Text size="small" role="status" className="text-ui-fg-subtle">
          {texts.mapping.review.noVariants}
        </Text>
      )}
      {isAsked && data !== undefined && data.variants.length > 0 && (
        <ul className="border-ui-border-base divide-y rounded-lg border">
          {data.variants.map((variant) => (
            <li key={variant.id} className="flex items-center justify-between gap-x-3 px-3 py-2">
              <div className="min-w-0">
                <Text size="small" weight="plus" leading="compact" className="break-words">
                  {variant.sku ?? variant.id}
                </Text>
                <Text size="xsmall" leading="compact" className="text-ui-fg-subtle break-words">
                  {[titleOf(variant), variant.barcode].filter((part) => part !== null).join(" · ")}
                </Text>
              </div>
              {action(variant)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
