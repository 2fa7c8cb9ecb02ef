import { FetchError } from "@medusajs/js-sdk"
import { Container, Heading } from "@medusajs/ui"
import { useParams } from "react-router-dom"
import { EmptyState } from "../../../../components/empty-state"
import { ErrorState } from "../../../../components/error-state"
import { RowsSkeleton } from "../../../../components/rows-skeleton"
import { RunItems } from "../../../../components/runs/run-items"
import { RunSummary } from "../../../../components/runs/run-summary"
import { TextLink } from "../../../../components/text-link"
import { useRun } from "../../../../hooks/use-runs"
import { RUNS_PATH } from "../../../../lib/paths"
import { useTexts } from "../../../../texts"

const HubRunPage = () => {
  const texts = useTexts()
  const { id = "" } = useParams()
  const { data, error, isFetching, refetch } = useRun(id)
  if (data) {
    return (
      <div className="flex flex-col gap-y-3">
        <RunSummary run={data.run} />
        <RunItems run={data.run} items={data.items} />
      </div>
    )
  }
  const isGone = error instanceof FetchError && error.status === 404
  return (
    <Container className="p-0">
      <Heading level="h1" className="sr-only">
        {texts.runs.title}
      </Heading>
      {isGone && (
        <EmptyState text={texts.runs.gone}>
          <TextLink to={RUNS_PATH}>{texts.runs.back}</TextLink>
        </EmptyState>
      )}
      {error && !isGone && <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {!error && <RowsSkeleton />}
    </Container>
  )
}

export const handle = {
  breadcrumb: ({ params }: { readonly params: { readonly id?: string } }) => params.id ?? "",
}

export default HubRunPage
