import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Channels } from "@medusajs/icons"
import { Container, Heading } from "@medusajs/ui"
import type { HubOverviewResponse } from "../../../types"
import { Crumb } from "../../components/crumb"
import { ActivityFeed } from "../../components/activity/activity-feed"
import { MetricFigures } from "../../components/activity/metric-figures"
import { CaptureNotice } from "../../components/capture-notice"
import { ChannelCard } from "../../components/channel-card"
import { ErrorState } from "../../components/error-state"
import { FirstChannel } from "../../components/first-channel"
import { Attention } from "../../components/issues/attention"
import { MappingCard } from "../../components/mapping/mapping-card"
import { OverviewSkeleton } from "../../components/overview-skeleton"
import { TruthHeader } from "../../components/truth-header"
import { useOverview } from "../../hooks/use-overview"
import { useTexts } from "../../texts"

function Sections({ overview }: { readonly overview: HubOverviewResponse }) {
  const texts = useTexts()
  if (overview.connections.length === 0) {
    return <FirstChannel />
  }
  return (
    <>
      <Attention />
      <section aria-label={texts.page.channels} className="flex flex-col gap-y-3">
        <Heading level="h2" className="sr-only">
          {texts.page.channels}
        </Heading>
        <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {overview.connections.map((connection) => (
            <ChannelCard key={connection.id} connection={connection} />
          ))}
        </div>
      </section>
      <MappingCard />
      <div className="grid items-start gap-3 xl:grid-cols-[2fr_1fr]">
        <ActivityFeed />
        <MetricFigures />
      </div>
    </>
  )
}

const HubOverviewPage = () => {
  const texts = useTexts()
  const { data, error, isFetching, isRefetchError, dataUpdatedAt, refetch } = useOverview()
  if (data) {
    return (
      <div className="flex flex-col gap-y-3">
        <TruthHeader overview={data} updatedAt={dataUpdatedAt} isStale={isRefetchError} />
        <CaptureNotice capture={data.capture} />
        <Sections overview={data} />
      </div>
    )
  }
  if (error) {
    return (
      <Container className="p-0">
        <Heading level="h1" className="sr-only">
          {texts.page.title}
        </Heading>
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      </Container>
    )
  }
  return <OverviewSkeleton />
}

// A plain literal: it is read from the source, and a cast or a variable would drop the entry from the sidebar.
export const config = defineRouteConfig({
  label: "menu.channels",
  translationNs: "hub",
  icon: Channels,
})

export const handle = {
  breadcrumb: () => <Crumb of="channels" />,
}

export default HubOverviewPage
