import { Button, Tabs } from "@medusajs/ui"
import { useSearchParams } from "react-router-dom"
import { CHANNEL_ORDER_FILTERS, type ChannelOrderFilter } from "../../lib/order-filters"
import { useChannelOrders } from "../../hooks/use-orders"
import { formatCount } from "../../lib/format"
import { useTexts } from "../../texts"
import { EmptyState } from "../empty-state"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"
import { OrderTable } from "./order-table"

const toFilter = (name: string | null): ChannelOrderFilter =>
  CHANNEL_ORDER_FILTERS.find((filter) => filter === name) ?? "all"

interface ListProps {
  readonly filter: ChannelOrderFilter
  readonly connectionId: string | null
}

function List({ filter, connectionId }: ListProps) {
  const texts = useTexts().orders
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useChannelOrders(
    filter,
    connectionId
  )
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton />
    )
  }
  const orders = data.pages.flatMap((page) => page.orders)
  if (orders.length === 0) {
    return <EmptyState text={texts.none[filter]} />
  }
  return (
    <>
      <OrderTable orders={orders} />
      {hasNextPage && (
        <div className="flex justify-center px-6 py-4">
          <Button size="small" variant="secondary" isLoading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
    </>
  )
}

/** Orders by what has to be done with them; the chosen tab and the channel are in the address. */
export function OrderTabs() {
  const texts = useTexts().orders
  const [params, setParams] = useSearchParams()
  const filter = toFilter(params.get("filter"))
  const connectionId = params.get("channel")
  const { data } = useChannelOrders(filter, connectionId)
  const counts = data?.pages[0]?.counts
  const choose = (name: string) =>
    setParams(
      { ...(name === "all" ? {} : { filter: name }), ...(connectionId === null ? {} : { channel: connectionId }) },
      { replace: true }
    )
  return (
    <Tabs value={filter} onValueChange={choose}>
      <Tabs.List aria-label={texts.tabs} className="flex-wrap px-6 py-3">
        {CHANNEL_ORDER_FILTERS.map((name) => (
          <Tabs.Trigger key={name} value={name}>
            {texts.tab[name]}
            {counts ? ` ${formatCount(counts[name])}` : ""}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {CHANNEL_ORDER_FILTERS.map((name) => (
        <Tabs.Content key={name} value={name} className="border-ui-border-base border-t">
          {name === filter && <List filter={name} connectionId={connectionId} />}
        </Tabs.Content>
      ))}
    </Tabs>
  )
}
