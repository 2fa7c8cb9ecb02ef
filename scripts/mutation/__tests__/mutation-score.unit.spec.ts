import { findSurvivors, scoreOf } from "../mutation-score"

const report = (...states: readonly string[]): Parameters<typeof scoreOf>[0][number] => ({
  files: {
    "src/a.ts": {
      mutants: states.map((status, index) => ({
        status,
        mutatorName: "BooleanLiteral",
        replacement: "false",
        location: { start: { line: index + 1 } },
      })),
    },
  },
})

describe("the mutation score", () => {
  it("counts what tests noticed, by failing or by never ending, among all that could be noticed", () => {
    const score = scoreOf([report("Killed", "Timeout", "Survived"), report("NoCoverage", "Ignored", "CompileError")])
    expect(score).toEqual({ found: 2, total: 4, percent: 50 })
  })

  it("is no success when nothing was tried", () => {
    expect(scoreOf([]).percent).toBe(0)
    expect(scoreOf([report("Ignored")]).percent).toBe(0)
  })

  it("names what nobody noticed", () => {
    expect(findSurvivors(report("Killed", "Survived", "NoCoverage", "Ignored"))).toEqual([
      "src/a.ts:2 Survived BooleanLiteral false",
      "src/a.ts:3 NoCoverage BooleanLiteral false",
    ])
  })
})
