import { Skeleton } from "@medusajs/ui"
import { useTexts } from "../texts"

const ROWS = ["1", "2", "3", "4", "5"]

/** In the shape of a list to come. */
export const RowsSkeleton = ({ count = ROWS.length }: { readonly count?: number }) => {
  const texts = useTexts()
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-y-3 px-6 py-4">
      {ROWS.slice(0, count).map((row) => (
        <Skeleton key={row} className="h-9" />
      ))}
    </div>
  )
}
