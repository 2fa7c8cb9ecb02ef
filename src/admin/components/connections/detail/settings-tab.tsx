import { Badge, Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import type { HubConnectionDetail, HubConnector } from "../../../../types"
import { formatCount } from "../../../lib/format"
import { useTexts } from "../../../texts"
import { SettingsDrawer } from "./settings-drawer"
import { Fact } from "./status-tab"

interface SettingsTabProps {
  readonly connection: HubConnectionDetail
  readonly connector: HubConnector | null
}

/** A value, and who holds it when it cannot be changed here. */
function Locked({
  name,
  connection,
  children,
}: {
  readonly name: string
  readonly connection: HubConnectionDetail
  readonly children: ReactNode
}) {
  const { connections: texts } = useTexts()
  const lock = connection.locked[name]
  return (
    <>
      {children}
      {lock && (
        <span className="txt-compact-xsmall text-ui-fg-subtle block">{texts.locked[lock.origin](lock.where)}</span>
      )}
    </>
  )
}

function Channel({ connection, connector }: SettingsTabProps) {
  const { detail } = useTexts().connections
  const shown = (value: unknown): string => {
    if (typeof value === "boolean") {
      return value ? detail.yes : detail.no
    }
    return typeof value === "string" || typeof value === "number" ? String(value) : detail.nothing
  }
  return (
    <Container className="p-0">
      <Heading level="h2" className="px-6 py-4">
        {detail.channelSettings}
      </Heading>
      <dl className="divide-y border-t">
        {(connector?.options ?? []).map((option) => (
          <Fact key={option.name} label={option.label}>
            <Locked name={option.name} connection={connection}>
              {option.is_secret ? detail.masked : shown(connection.settings[option.name])}
            </Locked>
          </Fact>
        ))}
      </dl>
    </Container>
  )
}

function Behaviour({ connection }: { readonly connection: HubConnectionDetail }) {
  const { connections: texts } = useTexts()
  const { detail } = texts
  const number = (value: number | null): string => (value === null ? detail.default : formatCount(value))
  const mapping = Object.entries(connection.error_mapping)
  return (
    <Container className="p-0">
      <Heading level="h2" className="px-6 py-4">
        {detail.behaviour}
      </Heading>
      <dl className="divide-y border-t">
        <Fact label={detail.allowed}>
          <Locked name="allowed_operations" connection={connection}>
            {connection.allowed_operations.length === 0
              ? detail.nothing
              : connection.allowed_operations.map((operation) => texts.operations[operation][0]).join(", ")}
          </Locked>
        </Fact>
        <Fact label={detail.requestTimeout}>
          <Locked name="request_timeout_ms" connection={connection}>
            {number(connection.request_timeout_ms)}
          </Locked>
        </Fact>
        <Fact label={detail.mostAttempts}>
          <Locked name="most_attempts" connection={connection}>
            {number(connection.most_attempts)}
          </Locked>
        </Fact>
        <Fact label={detail.dailyQuota}>
          <Locked name="daily_quota" connection={connection}>
            {number(connection.daily_quota)}
          </Locked>
        </Fact>
        <Fact label={detail.retention}>{number(connection.retention_days)}</Fact>
        <Fact label={detail.errorMapping}>
          {mapping.length === 0 ? detail.nothing : mapping.map(([code, kind]) => `${code} = ${kind}`).join(", ")}
        </Fact>
      </dl>
    </Container>
  )
}

export function SettingsTab({ connection, connector }: SettingsTabProps) {
  const { connections: texts } = useTexts()
  const { detail } = texts
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="p-0">
        <div className="flex items-center justify-between px-6 py-4">
          <div>
            <Heading level="h2">{detail.general}</Heading>
            <Text size="xsmall" className="text-ui-fg-subtle">
              {detail.version(connection.version)}
            </Text>
          </div>
          <SettingsDrawer connection={connection} connector={connector} />
        </div>
        <dl className="divide-y border-t">
          <Fact label={texts.wizard.name}>{connection.name}</Fact>
          <Fact label={texts.columns.connector}>{connection.connector_label}</Fact>
          <Fact label={texts.columns.tags}>
            {connection.tags.length === 0 ? (
              detail.nothing
            ) : (
              <span className="flex flex-wrap gap-1">
                {connection.tags.map((tag) => (
                  <Badge key={tag} size="2xsmall">
                    {tag}
                  </Badge>
                ))}
              </span>
            )}
          </Fact>
          <Fact label={detail.salesChannel}>{connection.sales_channel_name ?? detail.nothing}</Fact>
          <Fact label={detail.places}>
            <ul>
              {connection.places.map((place) => (
                <li key={place.stock_location_id}>
                  {detail.fromTo(place.stock_location_name ?? place.stock_location_id, place.external_location_id)}
                </li>
              ))}
            </ul>
          </Fact>
        </dl>
      </Container>
      <Channel connection={connection} connector={connector} />
      <Behaviour connection={connection} />
    </div>
  )
}
