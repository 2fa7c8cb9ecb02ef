import { CheckCircleSolid, CircleDottedLine, KeySolid } from "@medusajs/icons"
import { Alert, Container, Copy, Heading, Text } from "@medusajs/ui"
import { useSearchParams } from "react-router-dom"
import type { HubAuthorizeResponse, HubConnectionDetail, HubOAuth } from "../../../types"
import { useAction } from "../../hooks/use-action"
import { useOAuth } from "../../hooks/use-inbound"
import { useTexts } from "../../texts"
import { ActionButton } from "../action-button"
import { StateBadge, type Look } from "../state-badge"
import { TimeAgo } from "../time-ago"

const LOOKS: Readonly<Record<HubOAuth["state"], Look>> = {
  missing: { color: "grey", Icon: CircleDottedLine },
  valid: { color: "green", Icon: CheckCircleSolid },
  ended: { color: "red", Icon: KeySolid },
  "not-needed": { color: "grey", Icon: CheckCircleSolid },
}

interface OfConnection {
  readonly connection: HubConnectionDetail
}

/** Leaves for the channel's page; its answer leads back to this one. */
function Authorise({ connection, text }: OfConnection & { readonly text: string }) {
  const { mutate, isPending } = useAction<HubAuthorizeResponse>(({ url }) => {
    window.location.assign(url)
    return null
  })
  const begin = (): void => {
    const here = new URL(window.location.href)
    here.searchParams.delete("authorised")
    here.searchParams.delete("problem")
    mutate({ path: `connections/${connection.id}/oauth/authorize`, body: { return_to: here.href } })
  }
  return (
    <ActionButton action="secrets" variant="primary" isLoading={isPending} onClick={begin}>
      {text}
    </ActionButton>
  )
}

/** How it went, for whoever comes back from the channel's page. */
function Outcome() {
  const { oauth: texts } = useTexts().inbound
  const [params] = useSearchParams()
  const authorised = params.get("authorised")
  if (authorised === null) {
    return null
  }
  return authorised === "yes" ? (
    <Alert variant="success" role="status">
      {texts.done}
    </Alert>
  ) : (
    <Alert variant="error" role="alert">
      {texts.failed}: {params.get("problem")}
    </Alert>
  )
}

function Scopes({ oauth }: { readonly oauth: HubOAuth }) {
  const { oauth: texts } = useTexts().inbound
  return (
    <>
      <dt className="text-ui-fg-subtle">{oauth.scopes.length > 0 ? texts.allowed : texts.asks}</dt>
      <dd className="min-w-0 break-words font-mono">
        {(oauth.scopes.length > 0 ? oauth.scopes : oauth.asked_scopes).join(", ")}
      </dd>
    </>
  )
}

function Times({ oauth }: { readonly oauth: HubOAuth }) {
  const { oauth: texts } = useTexts().inbound
  return (
    <>
      {oauth.authorised_at !== null && (
        <>
          <dt className="text-ui-fg-subtle">{texts.authorised}</dt>
          <dd>
            <TimeAgo at={oauth.authorised_at} />
          </dd>
        </>
      )}
      {oauth.refreshed_at !== null && oauth.expires_at !== null && (
        <>
          <dt className="text-ui-fg-subtle">{texts.renewed}</dt>
          <dd>
            <TimeAgo at={oauth.refreshed_at} /> <span className="text-ui-fg-subtle">{texts.renewsItself}</span>
          </dd>
        </>
      )}
      {oauth.refresh_expires_at !== null && (
        <>
          <dt className="text-ui-fg-subtle">{texts.ends}</dt>
          <dd>
            <time dateTime={oauth.refresh_expires_at}>{new Date(oauth.refresh_expires_at).toLocaleDateString()}</time>
          </dd>
        </>
      )}
    </>
  )
}

function Redirect({ uri }: { readonly uri: string }) {
  const { oauth: texts } = useTexts().inbound
  return (
    <>
      <dt className="text-ui-fg-subtle">{texts.redirect}</dt>
      <dd className="flex min-w-0 items-center gap-x-2">
        <span className="min-w-0 break-all font-mono">{uri}</span>
        <Copy content={uri} variant="mini" aria-label={texts.copy} />
      </dd>
    </>
  )
}

/** What the channel allows a connection that gets its tokens from it, and the way to allow it. Nothing for all others. */
export function OAuthSection({ connection }: OfConnection) {
  const { oauth: texts } = useTexts().inbound
  const { data } = useOAuth(connection.id)
  const oauth = data?.oauth
  if (!oauth || oauth.grant === null) {
    return null
  }
  const isByPerson = oauth.grant === "authorization-code"
  return (
    <Container className="flex flex-col gap-y-4 px-6 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Heading level="h2">{texts.title}</Heading>
          <StateBadge look={LOOKS[oauth.state]} text={texts.state[oauth.state]} />
        </div>
        {isByPerson && (
          <Authorise connection={connection} text={oauth.state === "missing" ? texts.authorise : texts.again} />
        )}
      </div>
      <Outcome />
      {oauth.state === "ended" && isByPerson && (
        <Alert variant="error">
          <Text size="small" weight="plus">
            {texts.banner(connection.name)}
          </Text>
          <Text size="small">{texts.bannerText}</Text>
        </Alert>
      )}
      {oauth.failure !== null && (
        <Alert variant="warning">
          {texts.failure}: {oauth.failure}
        </Alert>
      )}
      {!isByPerson && (
        <Text size="small" className="text-ui-fg-subtle">
          {texts.byItself}
        </Text>
      )}
      <dl className="txt-small grid grid-cols-1 gap-x-4 gap-y-2 sm:grid-cols-[12rem_1fr]">
        <Scopes oauth={oauth} />
        <Times oauth={oauth} />
        {isByPerson && <Redirect uri={oauth.redirect_uri} />}
      </dl>
    </Container>
  )
}
