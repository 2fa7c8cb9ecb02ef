import fc from "fast-check"
import { HUB_ACTIONS, HUB_PRESETS, type HubPreset } from "../../../types/access"
import { planGrant, type Grant, type GrantChange } from "../plan-grant"
import { actionsOf, LEAST_PRESET } from "../presets"

const user = (id: string, preset: HubPreset): Grant => ({ subjectId: id, subjectType: "user", preset })

const apply = (grants: readonly Grant[], changes: readonly GrantChange[]): Grant[] => {
  const map = new Map(grants.map((grant) => [grant.subjectId, grant]))
  for (const { preset, ...subject } of changes) {
    if (preset === null) {
      map.delete(subject.subjectId)
    } else {
      map.set(subject.subjectId, { ...subject, preset })
    }
  }
  return [...map.values()]
}

const owners = (grants: readonly Grant[]): number =>
  grants.filter(({ subjectType, preset }) => subjectType === "user" && preset === "owner").length

const changeArbitrary = fc.record({
  subject: fc.constantFrom("user_a", "user_b", "user_c", "apk_d"),
  preset: fc.constantFrom(...HUB_PRESETS, null),
  actor: fc.constantFrom("user_a", "user_b", "apk_d", null),
})

const typeOf = (id: string): "user" | "api-key" => (id.startsWith("user") ? "user" : "api-key")

describe("planGrant", () => {
  it("never leaves grants without a person who is an owner, whatever is asked for in whatever order", () => {
    fc.assert(
      fc.property(fc.array(changeArbitrary, { maxLength: 12 }), (requests) => {
        let grants: Grant[] = []
        for (const { subject, preset, actor } of requests) {
          const plan = planGrant({
            grants,
            actor: actor === null ? null : { id: actor, type: typeOf(actor) },
            change: { subjectId: subject, subjectType: typeOf(subject), preset },
          })
          const before = grants
          grants = plan.ok ? apply(grants, plan.value) : grants
          // Once there are grants there is an owner, and grants end in a way that only an owner could ask for.
          expect(grants.length === 0 || owners(grants) > 0).toBe(true)
          expect(before.length <= 1 || grants.length > 0).toBe(true)
        }
      })
    )
  })

  it("makes an owner of the person who makes the first grant", () => {
    const plan = planGrant({
      grants: [],
      actor: { id: "user_a", type: "user" },
      change: { subjectId: "user_b", subjectType: "user", preset: "viewer" },
    })
    expect(plan).toEqual({
      ok: true,
      value: [
        { subjectId: "user_a", subjectType: "user", preset: "owner" },
        { subjectId: "user_b", subjectType: "user", preset: "viewer" },
      ],
    })
  })

  it("does not let the first grant lock out the one who makes it", () => {
    const plan = planGrant({
      grants: [],
      actor: { id: "user_a", type: "user" },
      change: { subjectId: "user_a", subjectType: "user", preset: "viewer" },
    })
    expect(plan).toMatchObject({ ok: false, error: { kind: "conflict" } })
  })

  it("names the last owner who cannot be made less", () => {
    const plan = planGrant({
      grants: [user("user_a", "owner"), user("user_b", "manager")],
      actor: { id: "user_a", type: "user" },
      change: { subjectId: "user_a", subjectType: "user", preset: "manager" },
    })
    expect(plan).toMatchObject({ ok: false, error: { message: expect.stringContaining("user_a is the last owner") } })
  })

  it("lets the only grant go, which opens the hub again", () => {
    const plan = planGrant({
      grants: [user("user_a", "owner")],
      actor: { id: "user_a", type: "user" },
      change: { subjectId: "user_a", subjectType: "user", preset: null },
    })
    expect(plan.ok).toBe(true)
  })
})

describe("presets", () => {
  it("each may do one thing more than the one before", () => {
    expect(HUB_PRESETS.map((preset) => actionsOf(preset).join())).toEqual(
      HUB_PRESETS.map((_, index) => HUB_ACTIONS.slice(0, index).join())
    )
  })

  it.each(HUB_ACTIONS)("names the least preset that may %s", (action) => {
    const least = LEAST_PRESET[action]
    expect(actionsOf(least)).toContain(action)
    expect(actionsOf(HUB_PRESETS[HUB_PRESETS.indexOf(least) - 1] ?? "none")).not.toContain(action)
  })
})
