import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

/** Says that there is nothing, and what would be here; a way on below it. */
export const EmptyState = ({ text, children }: { readonly text: string; readonly children?: ReactNode }) => (
  <div className="flex flex-col items-center gap-y-4 px-6 py-12 text-center">
    <Text size="small" className="text-ui-fg-subtle max-w-md text-pretty">
      {text}
    </Text>
    {children}
  </div>
)
