import { Container, Heading, Skeleton } from "@medusajs/ui"
import { useTexts } from "../texts"

const CARDS = ["1", "2", "3"]

/** In the shape of the page to come. */
export const OverviewSkeleton = () => {
  const texts = useTexts()
  return (
    <div role="status" aria-label={texts.loading} className="flex flex-col gap-y-3">
      <Container className="flex flex-col gap-y-1 px-6 py-4">
        <Heading level="h1">{texts.page.title}</Heading>
        <Skeleton className="h-6 w-full max-w-md" />
      </Container>
      <Container className="flex flex-col gap-y-3 px-6 py-4">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-5 w-full max-w-lg" />
      </Container>
      <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {CARDS.map((card) => (
          <Container key={card} className="flex flex-col gap-y-4 px-6 py-4">
            <Skeleton className="h-10 w-40" />
            <Skeleton className="h-32" />
          </Container>
        ))}
      </div>
    </div>
  )
}
