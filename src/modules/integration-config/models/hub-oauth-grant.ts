import { model } from "@medusajs/framework/utils"

/**
 * What is known of the tokens of a connection, apart from the tokens: those are a credential. One row a connection. Its lease
 * is the lock under which tokens are renewed, shared by all processes.
 */
export const HubOauthGrant = model
  .define("hub_oauth_grant", {
    id: model.id({ prefix: "hoaut" }).primaryKey(),
    company_id: model.text(),
    connection_id: model.text(),
    /** Counts the tokens that were stored. Whoever renews names the one that he has seen. */
    version: model.number().default(0),
    /** What the channel says that the token may do. */
    scopes: model.array(),
    authorised_at: model.dateTime().nullable(),
    /** A user id; null for tokens that nobody had to allow. */
    authorised_by: model.text().nullable(),
    refreshed_at: model.dateTime().nullable(),
    /** When the access token ends; null when it does not. */
    expires_at: model.dateTime().nullable(),
    /** When tokens are renewed, ahead of time. */
    refresh_after: model.dateTime().nullable(),
    refresh_expires_at: model.dateTime().nullable(),
    /** Set before the channel is asked for new tokens, cleared when they are stored: what stays was interrupted between. */
    refresh_begun_at: model.dateTime().nullable(),
    /** Why the last renewal did not work, for people. */
    failure: model.text().nullable(),
    lease_token: model.text().nullable(),
    lease_until: model.dateTime().nullable(),
    /** The one authorisation that is under way: part of a state that works once. */
    pending_nonce: model.text().nullable(),
    pending_until: model.dateTime().nullable(),
    pending_by: model.text().nullable(),
    /** Where the channel sends the person back to, as it was told. */
    pending_redirect_uri: model.text().nullable(),
    /** Where the person goes from there. */
    pending_return_to: model.text().nullable(),
  })
  .indexes([
    { name: "IDX_hub_oauth_grant_connection", on: ["connection_id"], unique: true, where: "deleted_at IS NULL" },
    {
      name: "IDX_hub_oauth_grant_refresh",
      on: ["refresh_after"],
      where: "deleted_at IS NULL AND refresh_after IS NOT NULL",
    },
  ])
