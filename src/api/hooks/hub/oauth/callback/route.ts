import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { endAuthorisation, type Authorised } from "../../../../../engine/oauth/authorise"
import { HubError, toFailure } from "../../../../../lib/errors"

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** For whoever did not come from a page of ours. Plain words, no script, nothing of the address. */
const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escape(title)}</title><body><main><h1>${escape(title)}</h1><p>${escape(text)}</p></main></body></html>`

/** Strings only: whatever is repeated or nested in the address is left out. */
const textsOf = (query: MedusaRequest["query"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))
  )

/** Back to the page that the person came from, which tells how it went. */
function withOutcome(returnTo: string, problem: string | null): string {
  const url = new URL(returnTo)
  url.searchParams.set("authorised", problem === null ? "yes" : "no")
  if (problem !== null) {
    url.searchParams.set("problem", problem)
  }
  return url.href
}

function tell(res: MedusaResponse, { name, returnTo, problem }: Authorised): void {
  if (returnTo !== null) {
    res.redirect(302, withOutcome(returnTo, problem))
    return
  }
  const title = problem === null ? `${name} is authorised` : `${name} was not authorised`
  res
    .status(problem === null ? 200 : 400)
    .type("html")
    .send(page(title, problem ?? "You can close this window."))
}

/** Where channels send people back to. Public: what proves that it belongs to us is the state, signed and used once. */
export const GET = async (req: MedusaRequest, res: MedusaResponse): Promise<void> => {
  // The address carries a code: nobody is to keep or pass it on.
  res.setHeader("Referrer-Policy", "no-referrer")
  res.setHeader("Cache-Control", "no-store")
  res.setHeader("Content-Security-Policy", "default-src 'none'")
  try {
    tell(res, await endAuthorisation(req.scope, textsOf(req.query)))
  } catch (error) {
    const failure = toFailure(error)
    if (!(error instanceof HubError)) {
      req.scope.resolve(ContainerRegistrationKeys.LOGGER).error(`hub: an authorisation failed: ${failure.message}`)
    }
    const text = error instanceof HubError ? failure.message : "Something went wrong. Try again."
    res
      .status(failure.kind === "auth" ? 400 : 503)
      .type("html")
      .send(page("Not authorised", text))
  }
}
