import { join } from "node:path"
import type * as VendorMap from "../../../src/connectors/simulator/map"
import type * as Bisect from "../../../src/engine/lane/bisect"
import type * as LaneReducer from "../../../src/engine/lane/lane-reducer"
import type * as Gate from "../../../src/engine/limits/connection-gate"
import type * as Collector from "../../../src/http/answer-collector"
import { loadFrom } from "./light-container"

/*
 * Bugs that controls plant into a worker, by replacing one function of the code under test before the engine is loaded.
 * A row whose check stays green with its bug planted would be worth nothing.
 */

type Reducer = typeof LaneReducer
type Settling = Pick<Reducer, "settleRow">
type Claiming = Pick<Reducer, "claimRow">

type SimulatorMap = typeof VendorMap
type Bisecting = Pick<typeof Bisect, "answerSpan" | "callBudget">
type Gating = Pick<typeof Gate, "ConnectionGate">
type Collecting = Pick<typeof Collector, "AnswerCollector">

const REDUCER = "src/engine/lane/lane-reducer"

/** Whoever loads the module afterwards gets the changed functions. */
function replace<Module extends object>(
  source: string,
  path: string,
  change: (original: Module) => Partial<Module>
): void {
  const original = loadFrom<Module>(source, path)
  const loaded = require.cache[require.resolve(join(source, path))]
  if (!loaded) {
    throw new Error(`${path} was not loaded.`)
  }
  loaded.exports = { ...original, ...change(original) }
}

const BUGS: Readonly<Record<string, (source: string) => void>> = {
  /** Whoever comes late with an answer still writes it down. */
  "settles without its lease": (source) =>
    replace<Settling>(source, REDUCER, ({ settleRow }) => ({
      settleRow: (row, outcome, settlement) => settleRow({ ...row, leaseToken: settlement.token }, outcome, settlement),
    })),
  /** A write without an answer is taken as one that was never made. */
  "takes no answer for a refusal": (source) =>
    replace<Settling>(source, REDUCER, ({ settleRow }) => ({
      settleRow: (row, outcome, settlement) => {
        const settled = settleRow(row, outcome, settlement)
        return settled && { ...settled, recheckAt: null, acked: settled.acked ?? row.acked }
      },
    })),
  /** A lease that ran out is taken for one that was given back. */
  "believes that the dead wrote nothing": (source) =>
    replace<Claiming>(source, REDUCER, ({ claimRow }) => ({
      claimRow: (row, claim) => claimRow({ ...row, leaseToken: null }, claim),
    })),
  /** The claim reads the process's clock. */
  "trusts its own clock": (source) =>
    replace<Claiming>(source, REDUCER, ({ claimRow }) => ({
      claimRow: (row, claim) => claimRow(row, { ...claim, now: Date.now() }),
    })),
  /** One refused item counts as a refusal of the whole call. */
  "fails a call for one bad item": (source) =>
    replace<SimulatorMap>(source, "src/connectors/simulator/map", ({ toOutcomes }) => ({
      toOutcomes: (writes, results) => {
        const outcomes = toOutcomes(writes, results)
        const bad = outcomes.find(({ status }) => status === "failed")
        return bad ? outcomes.map(() => bad) : outcomes
      },
    })),
  "takes refused credentials for an outage": (source) =>
    replace<SimulatorMap>(source, "src/connectors/simulator/map", ({ toHubFailure }) => ({
      toHubFailure: (response, what) => {
        const failure = toHubFailure(response, what)
        return failure?.kind === "auth" ? { ...failure, kind: "rate-limited", retryAfterMs: 1 } : failure
      },
    })),
  /** What a channel says about its limits is not heard. */
  "obeys no limit": (source) => {
    replace<SimulatorMap>(source, "src/connectors/simulator/map", ({ toHubFailure }) => ({
      toHubFailure: (response, what) => {
        const failure = toHubFailure(response, what)
        return failure?.kind === "rate-limited" ? { ...failure, retryAfterMs: 1 } : failure
      },
    }))
    const { ConnectionGate } = loadFrom<Gating>(source, "src/engine/limits/connection-gate")
    ConnectionGate.prototype.enter = () => Promise.resolve()
    ConnectionGate.prototype.learn = () => undefined
  },
  /** A refused batch is sent again item by item. */
  "asks about every item alone": (source) =>
    replace<Bisecting>(source, "src/engine/lane/bisect", ({ answerSpan, callBudget }) => ({
      callBudget: (count) => callBudget(count) + count,
      answerSpan: (bisection, answer) => {
        const span = bisection.waiting.at(-1)
        if (answer === "taken" || !span || span.to - span.from === 1) {
          return answerSpan(bisection, answer)
        }
        const single = Array.from({ length: span.to - span.from }, (_, index) => span.from + index)
        return {
          calls: bisection.calls + 1,
          waiting: [
            ...bisection.waiting.slice(0, -1),
            ...single.map((from) => ({ from, to: from + 1, isTwin: false })),
          ],
        }
      },
    })),
  "reads answers of any size": (source) => {
    const path = "src/http/answer-collector"
    const { AnswerCollector } = loadFrom<Collecting>(source, path)
    class Insatiable extends AnswerCollector {
      constructor(bounds: ConstructorParameters<typeof AnswerCollector>[0]) {
        super({ ...bounds, maxBytes: Number.MAX_SAFE_INTEGER })
      }
    }
    replace<Collecting>(source, path, () => ({ AnswerCollector: Insatiable }))
  },
}

/** @throws Error for a bug that does not exist */
export function plantBug(name: string, source: string): void {
  const plant = BUGS[name]
  if (!plant) {
    throw new Error(`There is no planted bug "${name}".`)
  }
  plant(source)
}
