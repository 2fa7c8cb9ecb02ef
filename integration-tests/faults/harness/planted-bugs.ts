import { join } from "node:path"
import { loadFrom } from "./light-container"

/*
 * Bugs that controls plant into a worker, by replacing one function of the code under test before the engine is loaded.
 * A row whose check stays green with its bug planted would be worth nothing.
 */

type Reducer = typeof import("../../../src/engine/lane/lane-reducer")
type Settling = Pick<Reducer, "settleRow">
type Claiming = Pick<Reducer, "claimRow">

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
  /** The claim reads the process's clock. */
  "trusts its own clock": (source) =>
    replace<Claiming>(source, REDUCER, ({ claimRow }) => ({
      claimRow: (row, claim) => claimRow(row, { ...claim, now: Date.now() }),
    })),
}

/** @throws Error for a bug that does not exist */
export function plantBug(name: string, source: string): void {
  const plant = BUGS[name]
  if (!plant) {
    throw new Error(`There is no planted bug "${name}".`)
  }
  plant(source)
}
