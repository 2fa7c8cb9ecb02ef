import fc from "fast-check"
import { parseOptions, splitSecrets, type OptionsDescriptor } from "../define-options"

const descriptor = {
  base_url: { type: "url", label: "Address", required: true, public: true },
  api_key: { type: "text", label: "Key", required: true },
  note: { type: "text", label: "Note", public: true },
  mirror: { type: "url", label: "Mirror" },
  batch: { type: "number", label: "Batch", default: 25, min: 1, max: 100, public: true },
  factor: { type: "number", label: "Factor", default: -0.5 },
  dry: { type: "boolean", label: "Dry run", default: false, public: true },
} as const satisfies OptionsDescriptor

const least = { base_url: "https://shop.example", api_key: "s3cret" }

const refusal = (raw: Record<string, unknown>): string => {
  const parsed = parseOptions(descriptor, { ...least, ...raw })
  return parsed.ok ? "" : `${parsed.error.kind}: ${parsed.error.message}`
}

describe("parseOptions", () => {
  it("fills in the defaults", () => {
    expect(parseOptions(descriptor, least)).toEqual({
      ok: true,
      value: { ...least, note: undefined, mirror: undefined, batch: 25, factor: -0.5, dry: false },
    })
  })

  it("keeps what was set, also what is false or at the edge", () => {
    const raw = { ...least, note: "n", mirror: "http://m.example/x", batch: 100, factor: 0, dry: true }
    expect(parseOptions(descriptor, raw)).toEqual({ ok: true, value: raw })
    expect(parseOptions(descriptor, { ...raw, batch: 1, dry: false })).toMatchObject({
      value: { batch: 1, dry: false },
    })
  })

  it.each([
    [{ api_key: "" }, 'Option "api_key" (Key) is required.'],
    [{ api_key: null }, 'Option "api_key" (Key) is required.'],
    [{ api_key: undefined }, 'Option "api_key" (Key) is required.'],
    [{ api_key: 5 }, 'Option "api_key" (Key) must be a text.'],
    [{ base_url: "shop.example" }, 'Option "base_url" (Address) must be an address that begins with http:// or https://.'],
    [{ base_url: "file:///etc/passwd" }, 'Option "base_url" (Address) must be an address that begins with http:// or https://.'],
    [{ mirror: "javascript:alert(1)" }, 'Option "mirror" (Mirror) must be an address that begins with http:// or https://.'],
    [{ batch: 0 }, 'Option "batch" (Batch) must be a number from 1 to 100.'],
    [{ batch: 101 }, 'Option "batch" (Batch) must be a number from 1 to 100.'],
    [{ batch: NaN }, 'Option "batch" (Batch) must be a number from 1 to 100.'],
    [{ batch: "25" }, 'Option "batch" (Batch) must be a number from 1 to 100.'],
    [{ factor: "1" }, 'Option "factor" (Factor) must be a number from -Infinity to Infinity.'],
    [{ dry: "false" }, 'Option "dry" (Dry run) must be true or false.'],
    [{ dry: 0 }, 'Option "dry" (Dry run) must be true or false.'],
  ])("refuses %j", (raw, message) => {
    expect(refusal(raw)).toBe(`invalid-data: ${message}`)
  })

  it("refuses names that it does not know, and lists those that it does", () => {
    expect(refusal({ apikey: "s3cret" })).toBe(
      'invalid-data: Unknown option "apikey". Known options: base_url, api_key, note, mirror, batch, factor, dry.'
    )
    expect(refusal({ toString: "x" })).toContain('Unknown option "toString"')
  })

  it("refuses a login in an address that is stored in the clear", () => {
    for (const login of ["user:hunter2", "user", ":hunter2"]) {
      const message = refusal({ base_url: `https://${login}@shop.example` })
      expect(message).toContain('Option "base_url" (Address) must not contain a user name or password')
      expect(message).not.toContain("hunter2")
    }
  })

  it("never quotes a value, which may be a secret", () => {
    const secret = "hunter2hunter2"
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(descriptor)),
        fc.constantFrom<unknown>(secret, [secret], { secret }),
        (name, value) => {
          expect(refusal({ [name]: value })).not.toContain(secret)
        }
      )
    )
  })
})

describe("splitSecrets", () => {
  it("encrypts whatever is not declared public, as text", () => {
    const parsed = parseOptions(descriptor, { ...least, note: "n", mirror: "http://m.example" })
    expect(splitSecrets(descriptor, parsed.ok ? parsed.value : {})).toEqual({
      publicOptions: { base_url: "https://shop.example", note: "n", batch: 25, dry: false },
      secrets: { api_key: "s3cret", mirror: "http://m.example", factor: "-0.5" },
    })
  })

  it("keeps nothing of an option that was not set", () => {
    expect(splitSecrets(descriptor, { note: undefined, api_key: undefined })).toEqual({
      publicOptions: {},
      secrets: {},
    })
  })

  it("treats what nobody declared as a secret", () => {
    expect(splitSecrets({}, { token: "t", flag: true })).toEqual({
      publicOptions: {},
      secrets: { token: "t", flag: "true" },
    })
  })
})
