import { Container, Heading, Text } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useAccess } from "../../hooks/use-access"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"

interface PlaceWidgetProps<Answer, Item> {
  readonly title: string
  /** Said when there is no item. */
  readonly none: string
  readonly query: UseQueryResult<Answer>
  readonly itemsOf: (answer: Answer) => readonly Item[]
  readonly children: (item: Item) => ReactNode
}

/** A list of the hub on one of Medusa's pages. Who may not view the hub sees nothing of it there. */
export function PlaceWidget<Answer, Item>({ title, none, query, itemsOf, children }: PlaceWidgetProps<Answer, Item>) {
  const { may } = useAccess()
  const { data, error, isFetching, refetch } = query
  if (!may("view")) {
    return null
  }
  const items = data === undefined ? [] : itemsOf(data)
  return (
    <Container className="divide-y p-0">
      <Heading level="h2" className="px-6 py-4">
        {title}
      </Heading>
      {data !== undefined && items.length > 0 && <ul className="divide-y">{items.map(children)}</ul>}
      {data !== undefined && items.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {none}
        </Text>
      )}
      {data === undefined && error && (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      {data === undefined && !error && <RowsSkeleton count={2} />}
    </Container>
  )
}
