import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { issues as german } from "../../texts/de/issues"
import { ISSUES as GERMAN } from "../../texts/de/words"
import { issues as english } from "../../texts/en/issues"
import { ISSUES as ENGLISH } from "../../texts/en/words"
import { remedyOf } from "../issue-remedy"

const SOURCES = join(__dirname, "../../../engine")

/** Codes that the engine raises, as far as they are written out next to `code:` or named as a constant. */
function raisedCodes(): string[] {
  const texts = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("__tests__"))
    .map((file) => readFileSync(join(SOURCES, file), "utf8"))
    .filter((text) => text.includes("raiseIssues") || text.includes("IssuePlan") || text.includes("PlannedIssue"))
  const literals = texts.flatMap((text) => [...text.matchAll(/\bcode: "([a-z-]+)"/g)])
  const constants = texts.flatMap((text) => [
    ...text.matchAll(/^(?:export )?const [A-Z_]+ = "([a-z]+(?:-[a-z]+)+)"$/gm),
  ])
  return [...new Set([...literals, ...constants].flatMap(([, code]) => code ?? []))].sort()
}

describe("issues", () => {
  it.each(raisedCodes())("%s has a name in both languages, and says what to do", (code) => {
    expect({ code, name: [ENGLISH[code], GERMAN[code]], advice: [english.advice[code], german.advice[code]] }).toEqual({
      code,
      name: [expect.any(String), expect.any(String)],
      advice: [expect.any(String), expect.any(String)],
    })
  })

  it("finds the codes at all", () => {
    expect(raisedCodes().length).toBeGreaterThan(8)
  })

  it("has one remedy for each", () => {
    expect(["mass-change-held", "push-not-found", "push-bug", "oversold"].map(remedyOf)).toEqual([
      "release",
      "show-listings",
      "retry",
      "resolve",
    ])
  })
})
