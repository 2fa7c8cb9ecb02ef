import type { SmallWorld } from "./explore"

/*
 * Controls: two channels and simple rules that one might think of. They have to oversell, or the search proves nothing.
 */

interface Message {
  readonly to: 0 | 1
  readonly value: number
}

interface Naive {
  readonly hub: number
  readonly shown: readonly [number, number]
  /** Sales of each channel that the hub has not heard of. */
  readonly unheard: readonly [number, number]
  /** What is on its way to a channel: quantities or differences. They arrive in any order. */
  readonly sent: readonly Message[]
  readonly sold: number
}

export type NaiveRule = "absolute" | "delta" | "clamped-delta"

const CHANNELS = [0, 1] as const
/** Without a limit the states of absolute writes have no end. */
const MOST_ON_THE_WAY = 4

const replace = (pair: readonly [number, number], at: 0 | 1, value: number): [number, number] =>
  at === 0 ? [value, pair[1]] : [pair[0], value]

const sorted = (messages: readonly Message[]): Message[] =>
  [...messages].sort((a, b) => a.to - b.to || a.value - b.value)

/** What the hub sends when it hears of a sale. */
function reactTo(
  rule: NaiveRule,
  seller: 0 | 1,
  before: number
): { readonly hub: number; readonly sent: readonly Message[] } {
  const other = seller === 0 ? 1 : 0
  switch (rule) {
    case "absolute": {
      const hub = Math.max(0, before - 1)
      return { hub, sent: CHANNELS.map((to) => ({ to, value: hub })) }
    }
    case "delta":
      return { hub: before - 1, sent: [{ to: other, value: -1 }] }
    case "clamped-delta": {
      const hub = Math.max(0, before - 1)
      // What the other channel should lose is worked out from what it is thought to show.
      return { hub, sent: [{ to: other, value: hub - before === 0 ? 1 : -1 }] }
    }
  }
}

export const naiveWorld = (rule: NaiveRule, stock: number): SmallWorld<Naive> => ({
  initial: { hub: stock, shown: [stock, stock], unheard: [0, 0], sent: [], sold: 0 },
  keyOf: (state) => JSON.stringify(state),
  badness: ({ sold }) => Math.max(0, sold - stock),
  next: (state) => [
    ...CHANNELS.filter((channel) => state.shown[channel] > 0).map((channel) => ({
      words: `channel ${channel} sells`,
      state: {
        ...state,
        shown: replace(state.shown, channel, state.shown[channel] - 1),
        unheard: replace(state.unheard, channel, state.unheard[channel] + 1),
        sold: state.sold + 1,
      },
    })),
    ...CHANNELS.filter((channel) => state.unheard[channel] > 0).flatMap((channel) => {
      const { hub, sent } = reactTo(rule, channel, state.hub)
      return rule === "absolute" && state.sent.length + sent.length > MOST_ON_THE_WAY
        ? []
        : [
            {
              words: `the hub hears of a sale of channel ${channel} and sends ${sent.map(({ to, value }) => `${value} to ${to}`).join(", ")}`,
              state: {
                ...state,
                hub,
                unheard: replace(state.unheard, channel, state.unheard[channel] - 1),
                sent: sorted([...state.sent, ...sent]),
              },
            },
          ]
    }),
    ...state.sent.map((message, index) => ({
      words: `${message.value} arrives at channel ${message.to}`,
      state: {
        ...state,
        shown: replace(
          state.shown,
          message.to,
          rule === "absolute" ? message.value : state.shown[message.to] + message.value
        ),
        sent: state.sent.filter((_, at) => at !== index),
      },
    })),
  ],
})
