import fc from "fast-check"
import { inspect } from "node:util"
import { parseKeyRing, sealSecret, type KeyRing } from "../envelope"
import { credentialBinding, judgeKeys, proveKey, sealKeyCheck, type StoredCredential } from "../key-check"
import { describeKeys } from "../key-words"

function ringOf(...entries: readonly (readonly [id: string, fill: number])[]): KeyRing {
  const ring = parseKeyRing(entries.map(([id, fill]) => `${id}:${Buffer.alloc(32, fill).toString("base64")}`).join(","))
  if (!ring.ok) {
    throw new Error(ring.error.message)
  }
  return ring.value
}

const stored = (ring: KeyRing, connectionId: string, name = "token"): StoredCredential => {
  const { keyId, text } = sealSecret(ring, credentialBinding(connectionId, name), "s3cret")
  return { connectionId, name, keyId, ciphertext: text }
}

const checkOf = (ring: KeyRing): ReadonlyMap<string, string> =>
  new Map([...ring.keys.keys()].map((id) => [id, sealKeyCheck(ring, id)]))

describe("a key ring", () => {
  it("prints as nothing, wherever it is logged", () => {
    const ring = ringOf(["k1", 65])
    const printed = [inspect({ ring }, { depth: 10 }), JSON.stringify({ ring, keys: [...ring.keys] })].join()
    for (const form of ["hex", "base64", "utf8"] as const) {
      expect(printed).not.toContain(Buffer.alloc(8, 65).toString(form).slice(0, 8))
    }
    expect(printed).toContain("k1")
  })
})

describe("judging the keys", () => {
  const first = ringOf(["k1", 1])

  it("finds nothing wrong with the ring that wrote everything", () => {
    const uses = judgeKeys(first, checkOf(first), [stored(first, "a"), stored(first, "b")])
    expect(uses).toEqual([{ keyId: "k1", state: "good", isFirst: true, credentialCount: 2, unreadable: [] }])
    expect(describeKeys(uses)).toEqual([])
  })

  it("knows another key that took the name, by the check row and without one", () => {
    const other = ringOf(["k1", 2])
    const credentials = [stored(first, "a")]
    for (const checks of [checkOf(first), new Map<string, string>()]) {
      const [use] = judgeKeys(other, checks, credentials)
      expect(use).toMatchObject({ state: "replaced", unreadable: [{ connectionId: "a", name: "token" }] })
    }
    const [problem] = describeKeys(judgeKeys(other, checkOf(first), credentials))
    expect(problem).toMatchObject({ keyId: "k1", connectionIds: ["a"] })
    expect(problem?.text).toContain("is not the key that first had this name: 1 secret cannot be read")
  })

  it("says which key is missing and how many secrets wait for it", () => {
    const uses = judgeKeys(ringOf(["k2", 2]), checkOf(first), [
      stored(first, "b"),
      stored(first, "a", "x"),
      stored(first, "a"),
    ])
    expect(uses.map(({ keyId, state, isFirst }) => [keyId, state, isFirst])).toEqual([
      ["k2", "unproven", true],
      ["k1", "missing", false],
    ])
    expect(describeKeys(uses)).toMatchObject([{ keyId: "k1", connectionIds: ["a", "b"] }])
  })

  it("does not complain of a retired key that nothing needs any more", () => {
    expect(describeKeys(judgeKeys(ringOf(["k2", 2]), checkOf(first), []))).toEqual([])
  })

  it("finds the one credential that was tampered with and trusts the key all the same", () => {
    const moved = { ...stored(first, "a"), connectionId: "b" }
    const uses = judgeKeys(first, new Map(), [stored(first, "a"), moved])
    expect(uses).toMatchObject([{ state: "unproven", unreadable: [{ connectionId: "b" }] }])
    expect(describeKeys(uses)[0]?.text).toMatch(/^1 secret cannot be read although key "k1" is there/)
  })

  it("counts every credential under exactly one key, and as unreadable exactly when its key is not the writer's", () => {
    const someRing = fc
      .uniqueArray(fc.tuple(fc.constantFrom("k1", "k2", "k3"), fc.integer({ min: 1, max: 3 })), {
        selector: ([id]) => id,
        minLength: 1,
      })
      .map((entries) => ({ entries: new Map(entries), ring: ringOf(...entries) }))
    fc.assert(
      fc.property(someRing, fc.array(someRing, { maxLength: 6 }), (present, writers) => {
        const credentials = writers.map(({ ring }, index) => stored(ring, `c${index}`))
        const readable = writers.filter(
          ({ entries, ring }) => present.entries.get(ring.encryptWith) === entries.get(ring.encryptWith)
        )
        const uses = judgeKeys(present.ring, new Map(), credentials)
        expect(uses.reduce((sum, use) => sum + use.credentialCount, 0)).toBe(credentials.length)
        expect(uses.reduce((sum, use) => sum + use.unreadable.length, 0)).toBe(credentials.length - readable.length)
        expect(describeKeys(uses).length > 0).toBe(credentials.length > readable.length)
      }),
      { numRuns: 200 }
    )
  })
})

describe("proving a key", () => {
  const ring = ringOf(["k1", 1])

  it("takes a new key, its own check row, and credentials that it wrote", () => {
    expect(proveKey(ring, "k1", { check: null, ownCredentials: [] }).ok).toBe(true)
    expect(proveKey(ring, "k1", { check: sealKeyCheck(ring, "k1"), ownCredentials: [] }).ok).toBe(true)
    expect(proveKey(ring, "k1", { check: null, ownCredentials: [stored(ring, "a")] }).ok).toBe(true)
  })

  it("refuses a key whose name another one has had", () => {
    const other = ringOf(["k1", 2])
    const refused = [
      proveKey(other, "k1", { check: sealKeyCheck(ring, "k1"), ownCredentials: [] }),
      proveKey(other, "k1", { check: null, ownCredentials: [stored(ring, "a")] }),
      // A check row outweighs a credential: one of the two keys has written both.
      proveKey(other, "k1", { check: sealKeyCheck(ring, "k1"), ownCredentials: [stored(other, "a")] }),
      proveKey(other, "k9", { check: sealKeyCheck(ring, "k1"), ownCredentials: [] }),
    ]
    expect(refused.map((result) => result.ok)).toEqual([false, false, false, false])
  })

  it("does not take the check row of another key for its own", () => {
    const two = ringOf(["k1", 1], ["k2", 1])
    expect(proveKey(two, "k2", { check: sealKeyCheck(two, "k1"), ownCredentials: [] }).ok).toBe(false)
  })
})
