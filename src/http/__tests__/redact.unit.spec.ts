import fc from "fast-check"
import { createRedactor, isSecretName } from "../redact"

const SECRET = "s3cr+t/öß value=="
const redactor = createRedactor([SECRET, "shpat_0123456789abcdef"])
const bytes = (text: string): number => Buffer.byteLength(text)

/** What somebody who looks for the secret in an excerpt would try. */
function readable(text: string, secret: string): boolean {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)].map(([run]) =>
    [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), "base64").toString("utf8")).join("\n")
  )
  let unescaped = text
  try {
    unescaped = decodeURIComponent(text.replaceAll("+", " "))
  } catch {
    // A percent sign that begins nothing.
  }
  return [text, unescaped, ...decoded].some((candidate) => candidate.includes(secret))
}

describe("a known secret", () => {
  it.each([
    ["as it is", SECRET],
    ["url-encoded", encodeURIComponent(SECRET)],
    ["url-encoded in small letters", encodeURIComponent(SECRET).toLowerCase()],
    ["as in a form", encodeURIComponent(SECRET).replaceAll("%20", "+")],
    ["in JSON", JSON.stringify(SECRET)],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in base64 for addresses", Buffer.from(SECRET).toString("base64url")],
    ["behind a user name, as Basic authorization", Buffer.from(`user:${SECRET}`).toString("base64")],
    ["behind another user name", Buffer.from(`us:${SECRET}`).toString("base64")],
    ["before something else", Buffer.from(`u:${SECRET}:rest`).toString("base64")],
    ["in hex", Buffer.from(SECRET).toString("hex")],
  ])("is not seen %s", (_name, form) => {
    for (const text of [form, `before ${form} after`, `<a href="https://x.example/?q=${form}&z=1">`]) {
      const seen = redactor.text(text, 1_000)
      expect(seen).toContain("[redacted]")
      expect(seen).not.toContain(form)
      expect(readable(seen, SECRET)).toBe(false)
    }
    expect(redactor.json({ note: [form] }, 1_000)).not.toContain(form)
    expect(redactor.path(`/orders/${form}`, { q: form })).not.toContain(form)
    expect(redactor.headers({ "x-note": form }, 1_000)).not.toContain(form)
  })

  it("is not seen in any text, any form and any cut", () => {
    const secrets = fc.string({ minLength: 6, maxLength: 60, unit: "grapheme" }).filter((text) => /\w{4}/.test(text))
    const forms = fc.constantFrom<(text: string) => string>(
      (text) => text,
      encodeURIComponent,
      (text) => Buffer.from(text).toString("base64"),
      (text) => Buffer.from(`name:${text}`).toString("base64"),
      (text) => JSON.stringify(text)
    )
    fc.assert(
      fc.property(secrets, forms, fc.string(), fc.string(), fc.integer({ min: 4, max: 200 }), (...args) => {
        const [secret, form, before, after, limit] = args
        const own = createRedactor([secret])
        const text = `${before} ${form(secret)} ${after}`
        for (const seen of [
          own.text(text, limit),
          own.json({ note: text }, limit),
          own.headers({ note: text }, limit),
        ]) {
          expect(bytes(seen)).toBeLessThanOrEqual(Math.max(limit, 3))
          if (!`${before}${after}`.includes(secret)) {
            expect(readable(seen, secret)).toBe(false)
          }
        }
      })
    )
  })

  it("is not seen when the cut goes right through it", () => {
    for (let limit = 4; limit < 60; limit += 1) {
      const seen = redactor.text(`${"x".repeat(20)}shpat_0123456789abcdef${"y".repeat(20)}`, limit)
      expect(seen).not.toMatch(/shpat_?0?1?2?/)
      expect(redactor.json(`${"x".repeat(20)}shpat_0123456789abcdef`, limit)).not.toMatch(/shpa/)
    }
  })

  it("may be empty, and then hides nothing", () => {
    expect(createRedactor([""]).text("as it is", 100)).toBe("as it is")
  })
})

describe("a name that says secret", () => {
  it.each([
    "Authorization",
    "Proxy-Authorization",
    "X-Shopify-Access-Token",
    "x-api-key",
    "Cookie",
    "set-cookie",
    "client_secret",
    "password",
    "passwd",
    "refreshToken",
    "private-key",
    "X-Amz-Signature",
    "jwt",
    "session_id",
    "key",
  ])("hides its value: %s", (name) => {
    expect(isSecretName(name)).toBe(true)
    const value = "nobody-knows-this"
    const seen = [
      redactor.headers({ [name]: value }, 1_000),
      redactor.json({ outer: [{ [name]: value }] }, 1_000),
      redactor.json({ [name]: { deep: [value] } }, 1_000),
      redactor.json({ [name]: 12_345 }, 1_000).replace("12345", value),
      redactor.text(`{"broken": 1, "${name}": "${value}", "other": 2`, 1_000),
      redactor.text(`{"${name}" : "${value}`, 1_000),
      redactor.text(`grant=x&${name}=${value}&b=2`, 1_000),
      redactor.path("/oauth", { [name]: value }),
    ]
    expect(seen.filter((text) => text.includes(value))).toEqual([])
  })

  it.each(["sku", "listing_id", "quantity", "message", "code", "name", "title", "errors", "has_tokens_left"])(
    "is not %s, unless it really says so",
    (name) => {
      const shown = redactor.json({ [name]: name === "has_tokens_left" ? true : "visible" }, 1_000)
      expect(shown).toMatch(/visible|true/)
    }
  )
})

describe("a buyer", () => {
  it("is not written down", () => {
    const order = {
      id: "1001",
      email: "ada@lovelace.example",
      phone: "+44 1",
      buyer: { name: "Ada" },
      customer: "Ada",
      shipping_address: { street: "St James's Square 12", zip: "SW1Y" },
      lines: [{ sku: "MUG", quantity: 1, recipientName: "Ada" }],
    }
    const seen = redactor.json(order, 4_000)
    expect(seen).not.toMatch(/ada|james|sw1y|\+44/i)
    expect(seen).toContain('"sku":"MUG"')
    expect(seen).toContain('"id":"1001"')
  })
})

describe("an excerpt", () => {
  it("is never longer than it may be, and whole where it fits", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 10, max: 300 }), (value, limit) => {
        const own = createRedactor([])
        expect(bytes(own.json(value, limit))).toBeLessThanOrEqual(limit)
        expect(bytes(own.text(JSON.stringify(value), limit))).toBeLessThanOrEqual(limit)
      })
    )
    expect(redactor.json({ a: [1, "x", null, true, { b: {} }], c: [] }, 1_000)).toBe(
      '{"a":[1,"x",null,true,{"b":{}}],"c":[]}'
    )
  })

  it("costs by its own length and not by the body's", () => {
    const body = { items: Array.from({ length: 500_000 }, (_, index) => ({ id: index, title: "x".repeat(20) })) }
    let reads = 0
    const watched = new Proxy(body.items, {
      get(target, name, receiver): unknown {
        reads += 1
        return Reflect.get(target, name, receiver)
      },
    })
    expect(bytes(redactor.json({ items: watched }, 8_192))).toBeLessThanOrEqual(8_192)
    expect(reads).toBeLessThan(2_000)
  })

  it("survives a value that is nested without end", () => {
    let nested: unknown = 1
    for (let depth = 0; depth < 100_000; depth += 1) {
      nested = [nested]
    }
    expect(redactor.json(nested, 1_000)).toContain("…")
  })

  it("cuts no character in half", () => {
    for (let limit = 4; limit < 40; limit += 1) {
      expect(redactor.text("äöü€😀".repeat(10), limit)).not.toContain("\ufffd")
    }
  })
})
