import { BoltSolid, EyeSlash } from "@medusajs/icons"
import { Badge } from "@medusajs/ui"
import type { WriteMode } from "../../../types"
import { useTexts } from "../../texts"

/** Whether a connection writes: as icon, colour and word. */
export function ModeBadge({ mode }: { readonly mode: WriteMode }) {
  const { connections: texts } = useTexts()
  const Icon = mode === "live" ? BoltSolid : EyeSlash
  return (
    <Badge
      size="2xsmall"
      color={mode === "live" ? "green" : "grey"}
      title={texts.modeHint[mode]}
      className="w-fit shrink-0 gap-x-1 whitespace-nowrap"
    >
      <Icon aria-hidden className="size-3 shrink-0" />
      {texts.mode[mode]}
    </Badge>
  )
}
