import { createHmac } from "node:crypto"
import { signWebhook, verifyWebhook, type WebhookHeaders } from "../webhook-signature"

const SECRET = `whsec_${Buffer.alloc(32, 1).toString("base64")}`
const OTHER = `whsec_${Buffer.alloc(32, 2).toString("base64")}`
const SECOND = 1_700_000_000
const NOW = new Date(SECOND * 1_000)
const BODY = Buffer.from('{"a":1}')

function sign(secrets: readonly string[] = [SECRET], rawBody = BODY, timestampSeconds = SECOND): WebhookHeaders {
  const signed = signWebhook({ id: "msg_1", timestampSeconds, rawBody }, secrets)
  if (!signed.ok) {
    throw new Error(signed.error.message)
  }
  return signed.value
}

const verify = (
  headers: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[] = [SECRET],
  rawBody = BODY,
  now = NOW
): string => {
  const verified = verifyWebhook({ headers, rawBody, secrets, now })
  return verified.ok ? "ok" : `${verified.error.kind}: ${verified.error.message}`
}

describe("signing a webhook", () => {
  it("signs what the specification says: id, time and body, joined by dots", () => {
    const mac = createHmac("sha256", Buffer.alloc(32, 1)).update('msg_1.1700000000.{"a":1}').digest("base64")
    expect(sign()).toEqual({
      "webhook-id": "msg_1",
      "webhook-timestamp": "1700000000",
      "webhook-signature": `v1,${mac}`,
    })
  })

  it("gives the signature of the specification's own example", () => {
    const signed = signWebhook(
      {
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestampSeconds: 1_614_265_330,
        rawBody: Buffer.from('{"test": 2432232314}'),
      },
      ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
    )
    expect(signed).toMatchObject({
      value: { "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" },
    })
  })

  it.each([
    ["23 bytes", `whsec_${Buffer.alloc(23).toString("base64")}`],
    ["65 bytes", `whsec_${Buffer.alloc(65).toString("base64")}`],
    ["no prefix", Buffer.alloc(32).toString("base64")],
    ["a text that is no base64", `whsec_${"?".repeat(44)}`],
    ["nothing", ""],
  ])("refuses a secret of %s without repeating it", (_name, secret) => {
    const signed = signWebhook({ id: "msg_1", timestampSeconds: SECOND, rawBody: BODY }, [secret])
    expect(signed).toMatchObject({ ok: false, error: { kind: "invalid-data" } })
    expect(secret !== "" && JSON.stringify(signed).includes(secret)).toBe(false)
  })

  it.each([24, 64])("takes a secret of %d bytes", (bytes) => {
    const secret = `whsec_${Buffer.alloc(bytes, 3).toString("base64")}`
    expect(verify(sign([secret]), [secret])).toBe("ok")
  })

  it.each([
    ["an id with a dot", "msg.1", SECOND],
    ["no id", "", SECOND],
    ["half a second", "msg_1", 1.5],
    ["a time before 1970", "msg_1", -1],
  ])("refuses %s", (_name, id, timestampSeconds) => {
    expect(signWebhook({ id, timestampSeconds, rawBody: BODY }, [SECRET]).ok).toBe(false)
  })

  it("refuses to sign with no secret or with more than eight", () => {
    const message = { id: "msg_1", timestampSeconds: SECOND, rawBody: BODY }
    expect(signWebhook(message, []).ok).toBe(false)
    expect(
      signWebhook(
        message,
        Array.from({ length: 9 }, () => SECRET)
      ).ok
    ).toBe(false)
    expect(
      signWebhook(
        message,
        Array.from({ length: 8 }, () => SECRET)
      ).ok
    ).toBe(true)
  })
})

describe("verifying a webhook", () => {
  it("accepts what was signed with any of the known secrets", () => {
    expect(verify(sign())).toBe("ok")
    expect(verify(sign(), [OTHER, SECRET])).toBe("ok")
    expect(verify(sign([OTHER, SECRET]))).toBe("ok")
  })

  it("refuses another secret, another id, another time and another body", () => {
    expect(verify(sign([OTHER]))).toMatch(/^auth: .*none of the known secrets/)
    expect(verify({ ...sign(), "webhook-id": "msg_2" })).toMatch(/^auth/)
    expect(verify({ ...sign(), "webhook-timestamp": String(SECOND + 1) })).toMatch(/^auth/)
    expect(verify(sign(), [SECRET], Buffer.from('{"a":2}'))).toMatch(/^auth/)
  })

  it("tells two bodies apart that are the same once decoded as text", () => {
    const signed = Buffer.from([0x7b, 0xff, 0xfe, 0x7d])
    const altered = Buffer.from([0x7b, 0xfa, 0xfb, 0x7d])
    expect(verify(sign([SECRET], signed), [SECRET], signed)).toBe("ok")
    expect(verify(sign([SECRET], signed), [SECRET], altered)).toMatch(/^auth/)
  })

  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("refuses a message without %s", (name) => {
    expect(verify({ ...sign(), [name]: undefined })).toMatch(/^auth: .*missing/)
  })

  it.each(["1700000000abc", "1.7e9", "-1700000000", " 1700000000", "1700000000000", "0x6553f100", "１７"])(
    "refuses the timestamp %p",
    (timestamp) => {
      expect(verify({ ...sign(), "webhook-timestamp": timestamp })).toMatch(/^auth: .*whole seconds/)
    }
  )

  it("tolerates five minutes both ways and not a second more", () => {
    const at = (seconds: number): string => verify(sign(), [SECRET], BODY, new Date((SECOND + seconds) * 1_000))
    expect([at(-300), at(300)]).toEqual(["ok", "ok"])
    expect(at(301)).toMatch(/^auth: .*too long ago or in the future/)
    expect(at(-301)).toMatch(/^auth: .*too long ago or in the future/)
  })

  it("passes over schemes it does not know and looks at no more than eight signatures", () => {
    const good = sign()["webhook-signature"]
    const bad = sign([OTHER])["webhook-signature"]
    expect(verify({ ...sign(), "webhook-signature": `v1a,abc v2,def ${good}` })).toBe("ok")
    expect(verify({ ...sign(), "webhook-signature": `${`${bad} `.repeat(7)}${good}` })).toBe("ok")
    expect(verify({ ...sign(), "webhook-signature": `${`${bad} `.repeat(8)}${good}` })).toMatch(/^auth: .*more than 8/)
  })

  it.each(["v1,", "v1", "v1,AAAA", ",", "v1,=", "garbage"])("refuses the signature %p", (signature) => {
    expect(verify({ ...sign(), "webhook-signature": signature })).toMatch(/^auth/)
  })

  it("refuses a signature with fewer bytes, even if they are the right ones", () => {
    const short = Buffer.from(sign()["webhook-signature"].slice(3), "base64").subarray(0, 31).toString("base64")
    expect(verify({ ...sign(), "webhook-signature": `v1,${short}` })).toMatch(/^auth/)
  })

  it("refuses everything while it knows no secret, or a broken one", () => {
    expect(verify(sign(), [])).toMatch(/^auth/)
    expect(verify(sign(), ["whsec_c2hvcnQ="])).toMatch(/^auth/)
  })
})
