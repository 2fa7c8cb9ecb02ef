import { Skeleton } from "@medusajs/ui"
import { useTexts } from "../texts"

/** Stands where something will be, and says so to those who do not see it. */
export const Loading = ({ className }: { readonly className: string }) => (
  <div role="status" aria-label={useTexts().loading}>
    <Skeleton className={className} />
  </div>
)
