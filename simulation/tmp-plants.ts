import { PLANTS } from "./plants"
import { simulate } from "./simulate"
for (const [name, reducers] of Object.entries(PLANTS)) {
  const t = performance.now()
  const r = simulate({ seed: 1, steps: 600_000, reducers, untilFail: true })
  console.log(`${r.breaks[0]?.invariantId ?? "NOT FOUND"}  ${r.steps}  ${Math.round(performance.now()-t)}ms  ${name}`)
}
