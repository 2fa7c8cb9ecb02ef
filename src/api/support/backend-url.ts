import type { MedusaRequest } from "@medusajs/framework/http"

/** Where this server is reached, as whoever asks sees it, unless they say otherwise. Below its path, if it has one. */
export function backendUrlOf(req: MedusaRequest, given?: string): string {
  const { origin, pathname } = new URL(given ?? `${req.protocol}://${req.get("host") ?? "localhost"}`)
  return `${origin}${pathname.replace(/\/+$/, "")}`
}

/** Where a channel sends its messages. */
export const callbackUrlOf = (backendUrl: string, connectionId: string): string =>
  `${backendUrl}/hooks/hub/${connectionId}`

/** Where a channel sends a person back to who has authorised. The same for all connections, because it has to be registered. */
export const redirectUriOf = (backendUrl: string): string => `${backendUrl}/hooks/hub/oauth/callback`
