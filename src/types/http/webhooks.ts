/** One thing that a channel has to send us, by its own name. `*` where it does not name them. */
export interface HubWebhookTopic {
  topic: string
  /** Null where the channel cannot tell. */
  is_subscribed: boolean | null
}

/** How the messages of a connection come in. */
export interface HubWebhooks {
  /** Whether its connector takes messages and it is allowed to. */
  is_possible: boolean
  /** Where the channel was told to send to; null before it was connected. */
  callback_url: string | null
  /** When the channel was asked last what it sends. */
  checked_at: string | null
  failure: string | null
  /** The channel can tell what it sends. */
  is_listed: boolean
  topics: HubWebhookTopic[]
  repaired_at: string | null
  repaired_count: number
  /** Who makes the secret that signs messages. */
  secret_of: "hub" | "channel"
  rotated_at: string | null
  /** Until when the secret before this one is valid too; null when there is none. */
  previous_until: string | null
  last_received_at: string | null
  /** Over the last 24 hours. */
  accepted_count: number
  duplicate_count: number
  rejected_count: number
}

/** `GET /admin/hub/connections/:id/webhooks` */
export interface HubWebhooksResponse {
  webhooks: HubWebhooks
}

/** What is known of the tokens that a channel handed out; never the tokens. */
export interface HubOAuth {
  /** Null for a connection that needs none: its channel hands out none, or a lasting token is among its settings. */
  grant: "authorization-code" | "client-credentials" | null
  /** `missing`: nobody has said yes yet. `ended`: nothing is left to renew them with. */
  state: "missing" | "valid" | "ended" | "not-needed"
  /** What the person is asked to allow. */
  asked_scopes: string[]
  /** What the channel says that was allowed. */
  scopes: string[]
  authorised_at: string | null
  authorised_by: string | null
  refreshed_at: string | null
  expires_at: string | null
  refresh_expires_at: string | null
  /** Why the last renewal did not work. */
  failure: string | null
  /** What has to be registered with the channel. */
  redirect_uri: string
}

/** `GET /admin/hub/connections/:id/oauth` */
export interface HubOAuthResponse {
  oauth: HubOAuth
}

/** `POST /admin/hub/connections/:id/oauth/authorize` */
export interface HubAuthorizeResponse {
  /** The page of the channel on which a person says yes. */
  url: string
}
