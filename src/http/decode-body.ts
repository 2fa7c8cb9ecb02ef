import { gunzip, inflate } from "node:zlib"
import type { RawAnswer } from "./answer-collector"
import { CallFailure } from "./call-failure"

/** What we say that we can read. */
export const ACCEPT_ENCODING = "gzip, deflate"

const DECODERS = { gzip: gunzip, "x-gzip": gunzip, deflate: inflate } as const

const isKnown = (encoding: string): encoding is keyof typeof DECODERS => Object.hasOwn(DECODERS, encoding)

/**
 * The body as it was before compression. Throws a `CallFailure` as soon as it grows beyond `maxBytes`, so that a small
 * answer cannot fill the memory.
 */
export function decodeBody({ headers, body }: RawAnswer, maxBytes: number): Promise<Buffer> {
  const encoding = (headers["content-encoding"] ?? "").trim().toLowerCase()
  if (encoding === "" || encoding === "identity" || body.byteLength === 0) {
    return Promise.resolve(body)
  }
  if (!isKnown(encoding)) {
    return Promise.reject(new CallFailure("unreadable", true, "an encoding that was not asked for"))
  }
  return new Promise((resolve, reject) => {
    DECODERS[encoding](body, { maxOutputLength: maxBytes }, (error, decoded) => {
      if (!error) {
        resolve(decoded)
      } else if ("code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
        reject(new CallFailure("too-large", true, "its unpacked body"))
      } else {
        reject(new CallFailure("unreadable", true, `bad ${encoding}`))
      }
    })
  })
}
