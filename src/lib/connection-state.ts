import type { ConnectionEvent, ConnectionState } from "../types/states"
import type { HubFailure } from "./errors"
import { err, ok, type Result } from "./result"

interface Move {
  readonly from: readonly ConnectionState[]
  readonly to: ConnectionState
  /** What the event would have done to the connection, for the sentence of a refusal. */
  readonly verb: string
}

/** Everything that can happen to a connection. What is not listed here cannot happen. */
const MOVES: Readonly<Record<ConnectionEvent, Move>> = {
  "begin-connecting": { from: ["draft", "disabled"], to: "testing", verb: "be tried out" },
  "connecting-failed": { from: ["testing"], to: "draft", verb: "go back to being a draft" },
  connected: { from: ["testing"], to: "connected", verb: "be connected" },
  answered: { from: ["degraded"], to: "connected", verb: "answer again" },
  unanswered: { from: ["connected"], to: "degraded", verb: "be degraded" },
  refused: { from: ["connected", "degraded"], to: "needs-reauthorisation", verb: "wait for credentials" },
  reauthorised: { from: ["needs-reauthorisation"], to: "connected", verb: "be authorised again" },
  pause: { from: ["connected", "degraded", "needs-reauthorisation", "maintenance"], to: "paused", verb: "be paused" },
  resume: { from: ["paused", "maintenance"], to: "connected", verb: "be resumed" },
  maintain: { from: ["connected", "degraded", "paused"], to: "maintenance", verb: "be put under maintenance" },
  "connector-gone": {
    from: ["connected", "degraded", "needs-reauthorisation", "paused", "maintenance"],
    to: "deprecated",
    verb: "lose its connector",
  },
  "connector-back": { from: ["deprecated"], to: "paused", verb: "find its connector again" },
  disable: {
    from: ["connected", "degraded", "needs-reauthorisation", "paused", "maintenance", "deprecated"],
    to: "disabled",
    verb: "be disabled",
  },
}

/** The states in which an event may happen, and the one that it leads to. */
export const moveOf = (event: ConnectionEvent): Pick<Move, "from" | "to"> => MOVES[event]

/** Whether an event may happen to a connection in this state. */
export const mayHappen = (state: ConnectionState, event: ConnectionEvent): boolean => MOVES[event].from.includes(state)

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`

/** Why an event may not happen: names the state, the one that it would lead to, and those in which it may happen. */
export function refuseMove(state: ConnectionState, event: ConnectionEvent): HubFailure {
  const { from, to, verb } = MOVES[event]
  const message =
    state === to
      ? `The connection is ${state} already; only one that is ${listed(from)} can ${verb} and become ${to}.`
      : `The connection is ${state} and cannot become ${to}: only one that is ${listed(from)} can ${verb}.`
  return { kind: "conflict", message }
}

/**
 * Where an event takes a connection.
 *
 * @returns `conflict` with a sentence that names both states when the event may not happen
 */
export const moveConnection = (state: ConnectionState, event: ConnectionEvent): Result<ConnectionState, HubFailure> =>
  mayHappen(state, event) ? ok(MOVES[event].to) : err(refuseMove(state, event))
