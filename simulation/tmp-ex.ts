import { explore } from "./checker/explore"
import { exclusiveWorld } from "./checker/exclusive-world"
import { PRODUCTION } from "./reducers"
import { amountOf } from "../src/lib/quantity"
const ignoring = {
  ...PRODUCTION,
  exclusiveCeiling: (c: Parameters<typeof PRODUCTION.exclusiveCeiling>[0]) =>
    PRODUCTION.exclusiveCeiling(c.map((x) => ({ ...x, exposedElsewhere: amountOf(0) }))),
}
const unraised: typeof PRODUCTION = { ...PRODUCTION, raiseExposure: (row) => row }
for (const [name, reducers] of [
  ["ignoring", ignoring],
  ["unraised", unraised],
] as const) {
  const e = explore(exclusiveWorld({ stock: 1, sharePercent: 100, faults: 0, reducers }), 100_000)
  console.log(name, e.states, e.isExhaustive, e.worst, e.story.length)
}
for (const [stock, sharePercent, faults] of [
  [1, 100, 0],
  [2, 50, 0],
  [2, 100, 0],
  [1, 100, 1],
  [2, 50, 1],
] as const) {
  const t = performance.now()
  const e = explore(exclusiveWorld({ stock, sharePercent, faults }), 3_000_000)
  console.log(
    "exclusive",
    stock,
    sharePercent,
    faults,
    e.states,
    e.isExhaustive,
    e.worst,
    Math.round(performance.now() - t)
  )
  if (e.worst > 0) console.log(e.story.join("\n"))
}
