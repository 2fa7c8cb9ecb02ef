import fc from "fast-check"
import {
  CONNECTION_EVENTS,
  CONNECTION_STATES,
  RUNNING_CONNECTION_STATES,
  type ConnectionEvent,
  type ConnectionState,
} from "../../types/states"
import { mayHappen, moveConnection, moveOf } from "../connection-state"

const anyEvent = fc.constantFrom(...CONNECTION_EVENTS)
const anyState = fc.constantFrom(...CONNECTION_STATES)

const walk = (events: readonly ConnectionEvent[]): ConnectionState[] => {
  const path: ConnectionState[] = ["draft"]
  for (const event of events) {
    const moved = moveConnection(path.at(-1) ?? "draft", event)
    path.push(moved.ok ? moved.value : (path.at(-1) ?? "draft"))
  }
  return path
}

const reachableFrom = (start: ConnectionState): Set<ConnectionState> => {
  const seen = new Set<ConnectionState>([start])
  for (const state of seen) {
    CONNECTION_EVENTS.filter((event) => mayHappen(state, event)).forEach((event) => seen.add(moveOf(event).to))
  }
  return seen
}

describe("state of a connection", () => {
  it("goes the whole way of a healthy connection", () => {
    expect(walk(["begin-connecting", "connected", "unanswered", "answered", "pause", "resume", "disable"])).toEqual([
      "draft",
      "testing",
      "connected",
      "degraded",
      "connected",
      "paused",
      "connected",
      "disabled",
    ])
  })

  it("answers every event in every state: with the state it leads to, or with a conflict that names both", () => {
    fc.assert(
      fc.property(anyState, anyEvent, (state, event) => {
        const moved = moveConnection(state, event)
        const { from, to } = moveOf(event)
        expect(moved.ok).toBe(from.includes(state))
        expect(moved.ok ? moved.value : to).toBe(to)
        expect(moved.ok ? state : moved.error.message).toContain(state)
        expect(moved.ok ? to : moved.error.message).toContain(to)
        expect(moved.ok ? "conflict" : moved.error.kind).toBe("conflict")
      })
    )
  })

  it("never stands still: what leads nowhere is refused", () => {
    fc.assert(
      fc.property(anyState, anyEvent, (state, event) => {
        const moved = moveConnection(state, event)
        expect(moved.ok && moved.value === state).toBe(false)
      })
    )
  })

  it("reaches every state from a draft, and a draft runs only after it was tried out", () => {
    expect([...reachableFrom("draft")].sort()).toEqual([...CONNECTION_STATES].sort())
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const path = walk(events)
        const running: readonly ConnectionState[] = RUNNING_CONNECTION_STATES
        const first = path.findIndex((state) => running.includes(state))
        expect(first === -1 || path.slice(0, first).includes("testing")).toBe(true)
      })
    )
  })

  it("can be brought to a running state again from everywhere, and can be disabled once it ran", () => {
    for (const state of CONNECTION_STATES) {
      expect({ state, reaches: reachableFrom(state).has("connected") }).toEqual({ state, reaches: true })
      expect({ state, reaches: reachableFrom(state).has("disabled") }).toEqual({ state, reaches: true })
    }
  })

  it("is never woken by the channel alone once a person or a missing connector has stopped it", () => {
    const stopped = ["draft", "paused", "maintenance", "deprecated", "disabled"] as const
    const ofTheChannel = ["answered", "unanswered", "refused", "reauthorised"] as const
    for (const state of stopped) {
      expect(ofTheChannel.filter((event) => mayHappen(state, event))).toEqual([])
    }
  })
})
