import fc from "fast-check"
import { openSecret, parseKeyRing, sealSecret, type EnvelopeBinding, type KeyRing } from "../envelope"

const key = (fill: number): string => Buffer.alloc(32, fill).toString("base64")

function ringOf(text: string): KeyRing {
  const ring = parseKeyRing(text)
  if (!ring.ok) {
    throw new Error(ring.error.message)
  }
  return ring.value
}

const ring = ringOf(`k1:${key(1)}`)
const binding: EnvelopeBinding = { table: "hub_credential", connectionId: "hconn_1", field: "api_key" }

const opened = (text: string, over: Partial<EnvelopeBinding> = {}, with_ = ring) =>
  openSecret(with_, { ...binding, ...over }, text)

describe("a sealed secret", () => {
  it("opens to what was put in, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.string(), (secret, field) => {
        const { keyId, text } = sealSecret(ring, { ...binding, field }, secret)
        expect(keyId).toBe("k1")
        expect(opened(text, { field })).toEqual({ ok: true, value: secret })
      })
    )
  })

  it("opens one that was made by hand to the description, so that old rows stay readable", () => {
    // AES-256-GCM, key 32 × 0x01, iv 00…0b, aad ["v1","hub_credential","hconn_1","api_key"], made apart from this code.
    expect(opened("v1.k1.AAECAwQFBgcICQoL.LpQKeH2RNyNN-5NKhqzYPg.yJX2VEWK")).toEqual({ ok: true, value: "s3cret" })
  })

  it("looks different every time and shows nothing of the secret", () => {
    const texts = Array.from({ length: 50 }, () => sealSecret(ring, binding, "s3cret").text)
    expect(new Set(texts.map((text) => text.split(".")[2])).size).toBe(50)
    expect(texts.join()).not.toContain("s3cret")
    expect(texts[0]).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]{22}\.[\w-]{8}$/)
  })

  it.each([
    ["another table", { table: "hub_other" }],
    ["another connection", { connectionId: "hconn_2" }],
    ["another field", { field: "password" }],
    ["fields that only look alike when joined", { table: 'hub_credential","hconn_1', connectionId: "" }],
  ])("does not open for %s", (_name, over) => {
    const { text } = sealSecret(ring, binding, "s3cret")
    expect(opened(text, over)).toMatchObject({ ok: false, error: { kind: "auth" } })
  })

  it("does not open with another key of the same name", () => {
    const { text } = sealSecret(ring, binding, "s3cret")
    const result = opened(text, {}, ringOf(`k1:${key(2)}`))
    expect(result).toMatchObject({ ok: false, error: { kind: "auth" } })
    expect(JSON.stringify(result)).toContain('key \\"k1\\" is another key now')
  })

  it("names the key that is missing and the secret that cannot be read", () => {
    const { text } = sealSecret(ring, binding, "s3cret")
    expect(opened(text, {}, ringOf(`k2:${key(1)}`))).toEqual({
      ok: false,
      error: {
        kind: "auth",
        message:
          'Cannot read the secret "api_key" of connection hconn_1: key "k1" is not in encryption_keys. ' +
          "Put it back, or enter the secret anew.",
      },
    })
  })

  it("does not open when any one of its bits was changed", () => {
    const [version, keyId, ...parts] = sealSecret(ring, binding, "s3cret").text.split(".")
    const bytes = parts.map((part) => Buffer.from(part, "base64url"))
    for (const [index, part] of bytes.entries()) {
      for (let bit = 0; bit < part.length * 8; bit++) {
        const changed = Buffer.from(part)
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        const texts = bytes.map((other, at) => (at === index ? changed : other).toString("base64url"))
        expect(opened([version, keyId, ...texts].join(".")).ok).toBe(false)
      }
    }
    expect(bytes.map((part) => part.length)).toEqual([12, 16, 6])
  })

  it("does not open when it was cut short, and never throws", () => {
    const { text } = sealSecret(ring, binding, "s3cret")
    for (let length = 0; length < text.length; length++) {
      expect(opened(text.slice(0, length))).toMatchObject({ ok: false, error: { kind: "auth" } })
    }
    const [version, keyId, iv, tag, body] = text.split(".")
    // A shorter tag is easier to guess, and Node would take it.
    const shortTag = Buffer.from(tag ?? "", "base64url").subarray(0, 4)
    expect(opened([version, keyId, iv, shortTag.toString("base64url"), body].join(".")).ok).toBe(false)
    expect(opened(["v2", keyId, iv, tag, body].join(".")).ok).toBe(false)
    for (const malformed of ["", "....", "v1", "v1.k1...", "plain text", `v1.k1.${iv}.${tag}.`]) {
      expect(opened(malformed).ok).toBe(false)
    }
  })
})

describe("a ring of keys", () => {
  it("encrypts with the first key and decrypts with all of them", () => {
    const old = sealSecret(ring, binding, "s3cret").text
    const rotated = ringOf(` k2:${key(2)} , k1:${key(1)} `)
    expect(rotated.encryptWith).toBe("k2")
    expect([...rotated.keys.keys()]).toEqual(["k2", "k1"])
    expect(opened(old, {}, rotated)).toEqual({ ok: true, value: "s3cret" })
    const renewed = sealSecret(rotated, binding, "s3cret")
    expect(renewed).toMatchObject({ keyId: "k2", text: expect.stringMatching(/^v1\.k2\./) })
    expect(opened(renewed.text).ok).toBe(false)
  })

  it("encrypts nothing with a key that it does not have", () => {
    expect(() => sealSecret({ encryptWith: "k9", keys: ring.keys }, binding, "s3cret")).toThrow("Invalid key length")
  })

  const good = key(7)

  it.each([
    ["nothing", "", 1],
    ["no id", good, 1],
    ["an empty id", `:${good}`, 1],
    ["an id with a dot, which parts the fields", `k.1:${good}`, 1],
    ["an id that is too long", `${"k".repeat(33)}:${good}`, 1],
    ["31 bytes", `k1:${Buffer.alloc(31, 7).toString("base64")}`, 1],
    ["33 bytes", `k1:${Buffer.alloc(33, 7).toString("base64")}`, 1],
    ["text that is no base64", `k1:${good.slice(0, -4)}!!!=`, 1],
    ["base64 with something behind it", `k1:${good}AAAA`, 1],
    ["a comma at the end", `k1:${good},`, 2],
    ["a second entry that is wrong", `k1:${good},k2:c2hvcnQ=`, 2],
  ])("refuses %s by its position", (_name, text, position) => {
    const parsed = parseKeyRing(text)
    expect(parsed).toMatchObject({ ok: false, error: { kind: "invalid-data" } })
    expect(parsed.ok ? "" : parsed.error.message).toMatch(new RegExp(`^Entry ${position} of encryption_keys is not`))
  })

  it("refuses two keys of one name", () => {
    expect(parseKeyRing(`k1:${good},k1:${key(8)}`)).toEqual({
      ok: false,
      error: { kind: "invalid-data", message: 'Key id "k1" appears twice in encryption_keys.' },
    })
  })

  it("never says anything of a key when it refuses one", () => {
    const anyKey = fc.uint8Array({ minLength: 24, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("base64"))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("k1:", "k2:", "", "?:"), anyKey), { minLength: 1 }), (entries) => {
        const parsed = parseKeyRing(entries.map(([id, text]) => id + text).join(","))
        const message = parsed.ok ? "" : parsed.error.message
        for (const [, text] of entries) {
          expect(message).not.toContain(text.slice(0, 12))
        }
      })
    )
  })
})
