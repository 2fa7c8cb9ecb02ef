import { createHash, createSecretKey } from "node:crypto"
import fc from "fast-check"
import { challengeOf, readState, renewalLead, signState, verifierOf } from "../oauth-state"

const key = createSecretKey(Buffer.alloc(32, 1))
const other = createSecretKey(Buffer.alloc(32, 2))
const state = { connectionId: "hconn_01", nonce: "abcDEF_-123" }

describe("the state of an authorisation", () => {
  it("comes back as it was signed, also after the key ring was rotated", () => {
    const signed = signState(key, state)
    expect(readState([key], signed)).toMatchObject({ ok: true, value: state })
    expect(readState([other, key], signed)).toMatchObject({ ok: true, value: { ...state, key } })
  })

  it("is refused when it was signed with another key, or by nobody", () => {
    for (const made of [signState(other, state), "", "a.b", "hconn_01.abcDEF_-123.", "hconn_01.abcDEF_-123.AAAA"]) {
      expect(readState([key], made)).toMatchObject({ ok: false, error: { kind: "auth" } })
    }
    expect(readState([], signState(key, state)).ok).toBe(false)
  })

  it("is refused after any change of one character, and with anything behind it", () => {
    const signed = signState(key, state)
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.constantFrom("A", "b", "7", "."), (index, character) => {
        fc.pre(signed.charAt(index) !== character)
        const changed = signed.slice(0, index) + character + signed.slice(index + 1)
        // The last character of base64 may carry bits that mean nothing.
        const isSameSignature = Buffer.from(changed.split(".")[2] ?? "", "base64url").equals(
          Buffer.from(signed.split(".")[2] ?? "", "base64url")
        )
        const isSame = isSameSignature && changed.startsWith(`${state.connectionId}.${state.nonce}.`)
        expect(readState([key], changed).ok).toBe(isSame && changed.split(".").length === 3)
      })
    )
    expect(readState([key], `${signed}.more`).ok).toBe(false)
  })
})

describe("PKCE", () => {
  it("has a verifier of its own for every authorisation, in the length that RFC 7636 asks for", () => {
    const verifier = verifierOf(key, "one")
    expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(verifierOf(key, "one")).toBe(verifier)
    expect(verifierOf(key, "two")).not.toBe(verifier)
    expect(verifierOf(other, "one")).not.toBe(verifier)
  })

  it("tells the S256 of it: the example of RFC 7636, appendix B", () => {
    expect(challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )
    expect(challengeOf("x")).toBe(createHash("sha256").update("x").digest("base64url"))
  })
})

describe("renewal ahead of time", () => {
  it.each([
    [24 * 3_600, 2 * 3_600],
    [3_600, 720],
    [120, 60],
    [60, 30],
  ])("of tokens that live %i s begins %i s before their end", (life, lead) => {
    expect(renewalLead(life)).toBe(lead)
  })

  it("never takes more than half of their life", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (life) => {
        expect(renewalLead(life)).toBeGreaterThan(0)
        expect(renewalLead(life)).toBeLessThanOrEqual(life / 2)
      })
    )
  })
})
