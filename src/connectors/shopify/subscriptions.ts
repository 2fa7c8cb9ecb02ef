import { HubError } from "../../lib/errors"
import type { ExternalSubscription } from "../define-connector"
import { SUBSCRIBE, SUBSCRIPTIONS } from "./documents"
import { affordable, call, readAll, type Session } from "./graphql"
import { subscribeSchema, subscriptionsSchema } from "./schema"
import { WEBHOOK_TOPICS } from "./webhook"

/** What Shopify sends for this app. Other apps' subscriptions are not seen. */
export async function listSubscriptions(session: Session): Promise<readonly ExternalSubscription[]> {
  const nodes = await readAll((after) =>
    affordable(session, { operation: SUBSCRIPTIONS, first: 100 }, async (first) => {
      const { webhookSubscriptions } = await call(session, {
        operation: SUBSCRIPTIONS,
        what: "Reading subscriptions",
        schema: subscriptionsSchema,
        variables: { first, after },
      })
      return webhookSubscriptions
    })
  )
  return nodes.map(({ id, topic, uri }) => ({ externalId: id, topic, url: uri }))
}

/** Shopify's words for a subscription that is there already. */
const IS_THERE = /already been taken/i

/** Adds what is missing and leaves everything else alone. */
export async function subscribe(session: Session, url: string): Promise<void> {
  const present = new Set(
    (await listSubscriptions(session)).filter((known) => known.url === url).map(({ topic }) => topic)
  )
  for (const topic of WEBHOOK_TOPICS.filter((wanted) => !present.has(wanted))) {
    const { webhookSubscriptionCreate } = await call(session, {
      operation: SUBSCRIBE,
      what: `Subscribing to ${topic}`,
      schema: subscribeSchema,
      variables: { topic, webhookSubscription: { uri: url, format: "JSON" } },
    })
    const error = webhookSubscriptionCreate.userErrors.find(({ message }) => !IS_THERE.test(message))
    if (error) {
      throw new HubError({
        kind: "invalid-data",
        message:
          `Shopify does not send ${topic}: ${error.message.slice(0, 200)} Messages need an https address, and messages ` +
          `about orders need access to protected customer data, which is asked for in the app's settings.`,
        vendorCode: "SUBSCRIPTION_REFUSED",
      })
    }
  }
}
