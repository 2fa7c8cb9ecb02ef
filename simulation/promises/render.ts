import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { FIXED_SEED, STEPS_PER_SEED } from "../budget"
import { EXCLUSIVE_WORLDS, NAIVE_WORLDS } from "../checker/expected"
import { INVARIANTS } from "../invariants"
import { PLANTS } from "../plants"
import { AREAS, type Area, type TestReference } from "./promises"
import { readTests, type FoundTest } from "./test-titles"

const ROOT = join(__dirname, "../..")
const FAULT_ROWS = "integration-tests/faults/rows"

const formatCount = (count: number): string => count.toLocaleString("en-GB")

/** Looks tests up once per file. */
class Tests {
  private readonly byFile = new Map<string, readonly FoundTest[]>()

  /** Throws when there is no such test: a promise that nothing proves is none. */
  find({ file, title }: TestReference): FoundTest {
    const tests = this.byFile.get(file) ?? readTests(file)
    this.byFile.set(file, tests)
    const found = tests.find((test) => test.title === title)
    if (!found) {
      throw new Error(`${file} has no test "${title}". Correct simulation/promises/promises.ts.`)
    }
    return found
  }

  render(reference: TestReference): string {
    const { title, runs } = this.find(reference)
    const times = runs === null ? "" : ` (${formatCount(runs)} runs)`
    return `[${title.replaceAll("|", "\\|")}](../${reference.file})${times}`
  }
}

function renderArea({ title, promises }: Area, tests: Tests): string[] {
  return [
    `## ${title}`,
    "",
    "| promise | proven by | control that must fail |",
    "|---|---|---|",
    ...promises.map(({ words, provenBy, control }) => {
      const cells = [provenBy, control].map((list) => list.map((reference) => tests.render(reference)).join("<br>"))
      return `| ${words} | ${cells[0] ?? ""} | ${cells[1] || "mutation testing"} |`
    }),
    "",
  ]
}

const renderInvariants = (): string[] => [
  "## In virtual days",
  "",
  `The reducers that ship live through ${formatCount(2 * STEPS_PER_SEED)} steps of virtual days in every CI run: ` +
    `${formatCount(STEPS_PER_SEED)} from seed ${FIXED_SEED} and as many from a seed of the day, which is printed. Channels sell, ` +
    "answers get lost, writes land late, workers die and stand still, credentials are revoked, people edit on both sides. " +
    "After every step these must hold. A break prints its seed and the command that shows it again: " +
    "`npm run simulate -- --seed 7 --steps 1234`.",
  "",
  "| invariant | in words |",
  "|---|---|",
  ...INVARIANTS.map(({ id, words }) => `| \`${id}\` | ${words} |`),
  "| `comes-to-rest` | Once nothing changes and nothing fails any more, the hub finishes what it has to do. |",
  "",
  `Controls: ${Object.keys(PLANTS).length} mistakes are planted into the reducers, one at a time, and each has to break an invariant ` +
    "(`npm run simulate -- --plant NAME`):",
  "",
  ...Object.keys(PLANTS).map((name) => `- ${name}`),
  "",
]

const renderChecker = (): string[] => [
  "## In every interleaving",
  "",
  "Two channels and little stock, every order of events tried. Simple rules oversell, which shows that the search finds it; " +
    "the reducers that ship do not.",
  "",
  "| rule | stock | states | oversold at worst |",
  "|---|---|---|---|",
  ...NAIVE_WORLDS.map(({ rule, stock, states, worst }) => `| ${rule} | ${stock} | ${formatCount(states)} | ${worst} |`),
  "| delta from a number that stops at 0 | 2 | without end | without end |",
  ...EXCLUSIVE_WORLDS.map(
    ({ stock, sharePercent, faults, inTests }) =>
      `| take, wait for the confirmation, give: ${sharePercent} % each${faults > 0 ? `, ${faults} lost answer or dead worker` : ""} ` +
      `| ${stock} | all${inTests ? "" : " (in the slow check)"} | **0** |`
  ),
  "",
  "The limit: a write that takes effect after it was given up and written again can be sold from once more. Then the last row " +
    "oversells by what that write carried. The other channel is not given those units meanwhile.",
  "",
]

/** Rows of `npm run faults`, read from their sources. */
function renderFaults(): string[] {
  const rows = readdirSync(join(ROOT, FAULT_ROWS))
    .filter((name) => /^\d+.*\.ts$/.test(name))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, FAULT_ROWS, name), "utf8")
      const [, row] = /\brow: "([^"]+)"/.exec(text) ?? []
      const [, title] = /\btitle: "([^"]+)"/.exec(text) ?? []
      const isInTests = /\binNpmTest: true/.test(text)
      return row && title ? [`| ${row} | [${title}](../${FAULT_ROWS}/${name}) | ${isInTests ? "yes" : ""} |`] : []
    })
  return rows.length === 0
    ? []
    : [
        "## On real Postgres and real HTTP",
        "",
        "`npm run faults` breaks things and holds everything against the truth. Each row runs once more with a protection " +
          "taken away, and then has to fail.",
        "",
        "| row | fault | in `npm test` |",
        "|---|---|---|",
        ...rows,
        "",
      ]
}

/** The page `docs/promises.md`. Throws when it names a test that does not exist. */
export function renderPromises(areas: readonly Area[] = AREAS): string {
  const tests = new Tests()
  return [
    "<!-- Written by `npm run promises`. Do not edit: a test compares it with its sources. -->",
    "",
    "# Promises",
    "",
    "What the hub promises, which test proves it, and which control has to fail so that the test is worth something.",
    "",
    ...areas.flatMap((area) => renderArea(area, tests)),
    ...renderInvariants(),
    ...renderChecker(),
    ...renderFaults(),
  ].join("\n")
}
