import { Badge, Text } from "@medusajs/ui"
import type { HubConnector } from "../../../../types"
import { useTexts } from "../../../texts"

const SUPPORT_COLORS = { full: "green", stock: "blue", "read-only": "orange", untested: "grey" } as const

/** What a person wants to know of a connector before they choose it. */
export function ConnectorCard({ connector }: { readonly connector: HubConnector }) {
  const { connections } = useTexts()
  const texts = connections.catalogue
  const facts = [
    connector.developer === null ? null : texts.by(connector.developer),
    connector.version === null ? null : texts.version(connector.version),
    connector.is_built_in ? texts.builtIn : texts.thirdParty,
  ].filter((fact) => fact !== null)
  return (
    <div className="flex flex-col gap-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <Text weight="plus">{connector.label}</Text>
        <Badge size="2xsmall" color={SUPPORT_COLORS[connector.support]} title={texts.supportHint}>
          {texts.support[connector.support]}
        </Badge>
      </div>
      <Text size="small" className="text-ui-fg-subtle">
        {connector.description}
      </Text>
      <Text size="xsmall" className="text-ui-fg-subtle">
        {facts.join(" · ")}
      </Text>
      {connector.capabilities.length > 0 && (
        <Text size="xsmall" className="text-ui-fg-subtle">
          {texts.can}: {connector.capabilities.map((part) => texts.passed(part)).join(", ")}
        </Text>
      )}
      {connector.dependencies.length > 0 && (
        <Text size="xsmall" className="text-ui-fg-subtle">
          {texts.needs}: {connector.dependencies.join(", ")}
        </Text>
      )}
    </div>
  )
}

export function ConnectorGuide({ connector }: { readonly connector: HubConnector }) {
  const { connections } = useTexts()
  const texts = connections.catalogue
  if (connector.guide.length === 0 && connector.guide_url === null) {
    return null
  }
  return (
    <div className="bg-ui-bg-subtle shadow-elevation-card-rest rounded-lg px-4 py-3">
      <Text size="small" weight="plus">
        {texts.guide}
      </Text>
      <ol className="txt-small text-ui-fg-subtle list-decimal ps-5">
        {connector.guide.map((step) => (
          <li key={step} className="break-words">
            {step}
          </li>
        ))}
      </ol>
      {connector.guide_url !== null && (
        <a href={connector.guide_url} target="_blank" rel="noreferrer" className="txt-small text-ui-fg-interactive">
          {texts.more}
        </a>
      )}
    </div>
  )
}
