import { Buffer } from "node:buffer"

export const REDACTED = "[redacted]"
const PERSONAL = "[personal]"

/** Header and field names whose value is nobody's business. Compared without case, `-` and `_`. */
const SECRET_NAME =
  /auth|cookie|token|secret|passw|pwd|passphrase|credential|apikey|accesskey|privatekey|signature|hmac|session|bearer|assertion|jwt|^pin$|^otp$|^key$|^sig$/
/** Fields that say who bought. The hub needs none of it to keep stock level. */
const PERSONAL_NAME = /e?mail|phone|^(first|last|full|given|family)name$|address|customer|buyer|recipient|birth/

const plainName = (name: string): string => name.toLowerCase().replace(/[-_.\s]/g, "")

export const isSecretName = (name: string): boolean => SECRET_NAME.test(plainName(name))

/** What stands in the place of a field's value, or null when the value may be seen. */
function standIn(name: string): string | null {
  const plain = plainName(name)
  return SECRET_NAME.test(plain) ? REDACTED : PERSONAL_NAME.test(plain) ? PERSONAL : null
}

/**
 * What a secret looks like inside base64 of a longer text. Three bytes become four characters, so there are three ways,
 * one for each place where it may begin. Characters that also depend on the neighbours are left out.
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8")
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "")
    const end = Math.floor(((shift + bytes.byteLength) * 8) / 6)
    return text.slice(Math.ceil((shift * 8) / 6), end)
  })
}

/** Shorter pieces of base64 turn up by chance. */
const MIN_CORE = 6

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret)
  const cores = base64Cores(secret).filter((core) => core.length >= MIN_CORE)
  return [
    secret,
    encoded,
    encoded.replaceAll("%20", "+"),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret, "utf8").toString("hex"),
    ...cores,
    ...cores.map((core) => core.replaceAll("+", "-").replaceAll("/", "_")),
    ...cores.map((core) => encodeURIComponent(core)),
  ]
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")

/** `"name": "value"` and `name=value` in text that is not JSON as a whole. The value may be cut off by the end. */
const JSON_FIELD = /"([^"\\]{1,100})"\s*:\s*("(?:[^"\\]|\\.)*"?|[^\s,}\]]+)/g
const FORM_FIELD = /([\w.[\]-]{1,100})=([^&\s"'<>]+)/g

/** Takes secrets out of what is about to be stored. Its cost depends on the excerpt's length and not on the body's. */
export interface Redactor {
  /** A piece of any text, at most `limit` bytes of UTF-8. */
  text(value: string, limit: number): string
  /** A JSON value as text, at most `limit` bytes of UTF-8. */
  json(value: unknown, limit: number): string
  /** Path and query of a request. */
  path(path: string, query: Readonly<Record<string, string | undefined>>): string
  headers(headers: Readonly<Record<string, string>>, limit: number): string
}

const MAX_DEPTH = 20

/** Writes a value as JSON and stops when there is enough. */
class ExcerptWriter {
  text = ""

  constructor(private readonly limit: number) {}

  write(value: unknown, depth = 0): void {
    if (this.text.length > this.limit) {
      return
    }
    if (typeof value === "string") {
      this.text += JSON.stringify(value.slice(0, this.limit + 1 - this.text.length))
    } else if (typeof value !== "object" || value === null) {
      this.text += value === undefined ? "null" : JSON.stringify(value)
    } else if (depth >= MAX_DEPTH) {
      this.text += '"…"'
    } else if (Array.isArray(value)) {
      this.writeAll("[]", value.values(), (item) => this.write(item, depth + 1))
    } else {
      this.writeAll("{}", this.fields(value), ([name, field]) => this.writeField(name, field, depth))
    }
  }

  private *fields(value: object): Generator<[string, unknown]> {
    for (const name in value) {
      if (Object.hasOwn(value, name)) {
        yield [name, Reflect.get(value, name)]
      }
    }
  }

  private writeField(name: string, field: unknown, depth: number): void {
    this.text += `${JSON.stringify(name.slice(0, 200))}:`
    const instead = field === null || typeof field === "boolean" ? null : standIn(name)
    this.write(instead ?? field, depth + 1)
  }

  private writeAll<T>(brackets: string, items: Iterable<T>, write: (item: T) => void): void {
    this.text += brackets.charAt(0)
    let isFirst = true
    for (const item of items) {
      if (this.text.length > this.limit) {
        return
      }
      this.text += isFirst ? "" : ","
      isFirst = false
      write(item)
    }
    this.text += brackets.charAt(1)
  }
}

/** Cuts at a whole character. */
function cut(text: string, limit: number): string {
  const bytes = Buffer.from(text, "utf8")
  if (bytes.byteLength <= limit) {
    return text
  }
  let end = Math.max(limit - 3, 0)
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end -= 1
  }
  return `${bytes.subarray(0, end).toString("utf8")}…`
}

/** @param secrets values that must not be seen in any form: as they are, url-encoded, in base64, in hex, in JSON. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = [...new Set(secrets.filter((secret) => secret !== "").flatMap(formsOf))].sort(
    (a, b) => b.length - a.length
  )
  const pattern = forms.length > 0 ? new RegExp(forms.map(escapeRegExp).join("|"), "gi") : null
  const longest = forms[0]?.length ?? 0
  const hide = (text: string): string => (pattern ? text.replace(pattern, REDACTED) : text)

  return {
    text(value, limit) {
      // A secret that begins before the cut has to be whole to be found.
      const window = hide(value.slice(0, limit + longest))
        .replace(JSON_FIELD, (whole, name: string) => {
          const instead = standIn(name)
          return instead ? `"${name}":"${instead}"` : whole
        })
        .replace(FORM_FIELD, (whole, name: string) => {
          const instead = standIn(name)
          return instead ? `${name}=${instead}` : whole
        })
      return cut(window, limit)
    },
    json(value, limit) {
      const writer = new ExcerptWriter(limit + longest)
      writer.write(value)
      return cut(hide(writer.text), limit)
    },
    path(path, query) {
      const pairs = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${standIn(name) ?? value}`]
      )
      return cut(hide(pairs.length > 0 ? `${path}?${pairs.join("&")}` : path), 500)
    },
    headers(headers, limit) {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${isSecretName(name) ? REDACTED : value}`)
      return cut(hide(lines.join("\n").slice(0, limit + longest)), limit)
    },
  }
}
