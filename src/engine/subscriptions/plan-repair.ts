import type { ExternalSubscription } from "../../connectors/define-connector"

/** A topic that has to be subscribed, and whether the channel says that it is. */
export interface TopicStand {
  readonly topic: string
  readonly isSubscribed: boolean
}

/** Where all that is known is that something has to be sent to us. */
const ANYTHING = "*"

/**
 * Compares what a channel sends with what it has to send. Pure.
 *
 * @param expected topics by the channel's own names; empty when the connector does not name them: then one that leads to us is enough
 * @param url where they have to lead to
 */
export function judgeSubscriptions(
  expected: readonly string[],
  listed: readonly ExternalSubscription[],
  url: string
): readonly TopicStand[] {
  const ours = listed.filter((subscription) => subscription.url === null || sameAddress(subscription.url, url))
  if (expected.length === 0) {
    return [{ topic: ANYTHING, isSubscribed: ours.length > 0 }]
  }
  return expected.map((topic) => ({ topic, isSubscribed: ours.some((subscription) => subscription.topic === topic) }))
}

export const missingTopics = (stands: readonly TopicStand[]): readonly string[] =>
  stands.filter(({ isSubscribed }) => !isSubscribed).map(({ topic }) => topic)

/** The host without case, and with or without a slash at the end. */
function sameAddress(left: string, right: string): boolean {
  const plain = (text: string): string => (URL.canParse(text) ? new URL(text).href : text).replace(/\/+$/, "")
  return plain(left) === plain(right)
}
