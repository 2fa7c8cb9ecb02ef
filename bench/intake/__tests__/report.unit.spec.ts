import { figuresOf, findIntakeProblems, renderIntake, type IntakeReport } from "../report"

const load = (accepted: number, seconds: number, others: Record<string, number> = {}) => ({
  seconds,
  accepted: Array.from({ length: accepted }, (_, index) => `id-${index}`),
  others,
  latencies: Array.from({ length: accepted }, (_, index) => index + 1),
})

const report = (changes: Partial<IntakeReport> = {}): IntakeReport => ({
  hub: figuresOf([load(100, 1)]),
  bare: figuresOf([load(100, 1)]),
  node: figuresOf([load(300, 1)]),
  ratio: 1,
  sustained: { ...figuresOf([load(20, 1)]), wanted_per_second: 20, waiting_at_end: 0 },
  durability: [
    { what: "kill", answered: 10, lost: 0, is_control: false },
    { what: "unsafe", answered: 10, lost: 3, is_control: true },
  ],
  ...changes,
})

describe("the report of bench:intake", () => {
  it("puts loads of the same kind together", () => {
    expect(figuresOf([load(100, 2), load(50, 1, { "503": 2 })])).toMatchObject({
      accepted: 150,
      seconds: 3,
      accepted_per_second: 50,
      other_answers: 2,
      latency_ms: { count: 150 },
    })
    expect(figuresOf([])).toMatchObject({ accepted_per_second: 0, latency_ms: null })
  })

  it("finds nothing wrong with a run in which only the control lost something", () => {
    expect(findIntakeProblems(report())).toEqual([])
  })

  it.each([
    ["a lost message", { durability: [{ what: "kill", answered: 10, lost: 1, is_control: false }] }, /1 ids/],
    ["a blind control", { durability: [{ what: "unsafe", answered: 10, lost: 0, is_control: true }] }, /would not see/],
    ["refused deliveries", { hub: figuresOf([load(1, 1, { "503": 1 })]) }, /something else/],
  ])("finds %s", (_name, changes, words) => {
    expect(findIntakeProblems(report(changes))).toEqual([expect.stringMatching(words)])
  })

  it("says which aims were missed", () => {
    expect(renderIntake(report({ ratio: 0.5 }))).toMatch(
      /hub \/ bare route, both inside Medusa\s+0\.50\s+≥ 0\.8\s+MISSED/
    )
  })
})
