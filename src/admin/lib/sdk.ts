import Medusa from "@medusajs/js-sdk"

/** Set by the admin's bundler: where the Medusa server is. */
declare const __BACKEND_URL__: string | undefined

export const sdk = new Medusa({
  baseUrl: typeof __BACKEND_URL__ === "string" && __BACKEND_URL__ !== "" ? __BACKEND_URL__ : "/",
  auth: { type: "session" },
})
