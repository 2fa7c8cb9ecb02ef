import Medusa from "@medusajs/js-sdk"

/** Set by the admin's bundler: where the Medusa server is. */
declare const __BACKEND_URL__: string | undefined

const baseUrl = typeof __BACKEND_URL__ === "string" && __BACKEND_URL__ !== "" ? __BACKEND_URL__ : "/"

/** What an address of the Admin API begins with, without a slash at its end: for links, which no request makes. */
export const backendUrl = baseUrl.replace(/\/+$/, "")

export const sdk = new Medusa({
  baseUrl,
  auth: { type: "session" },
})
