import fc from "fast-check"
import { describeExplanation, encodeExplanation } from "../../../lib/quantity"
import { arbitraryScenario, toInput } from "../../../lib/quantity/__tests__/scenario"
import type { HubExplanationStep } from "../../../types"
import { steps as german } from "../../texts/de/steps"
import { steps as english } from "../../texts/en/steps"
import { tellStep } from "../tell-step"

const nameOf = (id: string): string => `<OAK-${id.slice(-1)}>`

/** As the server answers them, with the names of what they are about. */
function stepsOf(stored: unknown): HubExplanationStep[] {
  const described = describeExplanation(stored, { location: nameOf, item: nameOf })
  if (!described.ok) {
    throw new Error(described.error.message)
  }
  return described.value.map((step) => {
    const params: Record<string, unknown> = { ...step.params }
    const { locationId, itemId } = params
    return {
      ...step,
      params: {
        ...params,
        ...(typeof locationId === "string" ? { locationName: nameOf(locationId) } : {}),
        ...(typeof itemId === "string" ? { itemName: nameOf(itemId) } : {}),
      },
    }
  })
}

describe("tellStep", () => {
  it("says in English, word for word, what the server says", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        for (const step of stepsOf(encodeExplanation(toInput(scenario)))) {
          expect(tellStep(step, english)).toBe(step.text)
        }
      }),
      { numRuns: 500 }
    )
  })

  it("leaves no step in English when it speaks German, and keeps every figure", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        for (const step of stepsOf(encodeExplanation(toInput(scenario)))) {
          const told = tellStep(step, german)
          expect(told).not.toMatch(
            /\b(on hand|reserved|locations?|kits?|needs|capped|packs|buffer|left alone|at most)\b/
          )
          expect(told).not.toContain("?")
          expect(told.match(/−?\d+/g)?.sort()).toEqual(step.text.match(/−?\d+/g)?.sort())
        }
      }),
      { numRuns: 500 }
    )
  })

  it("falls back to the server's words for a step that is newer than this page", () => {
    const step = { code: "teleported", params: {}, value: 3, text: "teleported from Mars: 3" }
    expect(tellStep(step, german)).toBe("teleported from Mars: 3")
  })
})
