import type { HubFailure } from "../lib/errors"
import { err, ok, type Result } from "../lib/result"

interface OptionBase {
  readonly label: string
  readonly help?: string
  /** Shown and stored in the clear. Whatever is not declared public is a secret: encrypted and never returned. */
  readonly public?: true
}

export interface TextOption extends OptionBase {
  readonly type: "text"
  readonly required?: true
}

export interface UrlOption extends OptionBase {
  readonly type: "url"
  readonly required?: true
}

export interface NumberOption extends OptionBase {
  readonly type: "number"
  readonly default: number
  readonly min?: number
  readonly max?: number
}

export interface BooleanOption extends OptionBase {
  readonly type: "boolean"
  readonly default: boolean
}

export type Option = TextOption | UrlOption | NumberOption | BooleanOption

/** One declaration from which come the types, the validation, the secret masking, the admin form and the docs table. */
export type OptionsDescriptor = Readonly<Record<string, Option>>

type OptionValue<O extends Option> = O extends { type: "number" }
  ? number
  : O extends { type: "boolean" }
    ? boolean
    : O extends { required: true }
      ? string
      : string | undefined

export type OptionValues<Descriptor extends OptionsDescriptor> = {
  readonly [Name in keyof Descriptor]: OptionValue<Descriptor[Name]>
}

const invalid = (message: string): Result<never, HubFailure> => err({ kind: "invalid-data", message })

/** `https://user:password@shop.example` */
function hasLogin(address: string): boolean {
  const { username, password } = new URL(address)
  return username !== "" || password !== ""
}

function parseOption(name: string, option: Option, value: unknown): Result<unknown, HubFailure> {
  switch (option.type) {
    case "number": {
      const number = value ?? option.default
      const min = option.min ?? -Infinity
      const max = option.max ?? Infinity
      if (typeof number !== "number" || !(number >= min && number <= max)) {
        return invalid(`Option "${name}" (${option.label}) must be a number from ${min} to ${max}.`)
      }
      return ok(number)
    }
    case "boolean": {
      const flag = value ?? option.default
      return typeof flag === "boolean" ? ok(flag) : invalid(`Option "${name}" (${option.label}) must be true or false.`)
    }
    case "text":
    case "url": {
      if (value === undefined || value === null || value === "") {
        return option.required ? invalid(`Option "${name}" (${option.label}) is required.`) : ok(undefined)
      }
      if (typeof value !== "string") {
        return invalid(`Option "${name}" (${option.label}) must be a text.`)
      }
      if (option.type === "url" && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : "")) {
        return invalid(`Option "${name}" (${option.label}) must be an address that begins with http:// or https://.`)
      }
      if (option.type === "url" && option.public && hasLogin(value)) {
        return invalid(
          `Option "${name}" (${option.label}) must not contain a user name or password: addresses are stored in the clear.`
        )
      }
      return ok(value)
    }
  }
}

/**
 * Checks raw settings against a descriptor and fills in the defaults.
 *
 * Unknown names are refused: a typing error in a setting must not pass in silence. No message ever quotes a value,
 * because the value may be a secret.
 */
export function parseOptions<Descriptor extends OptionsDescriptor>(
  descriptor: Descriptor,
  raw: Readonly<Record<string, unknown>>
): Result<OptionValues<Descriptor>, HubFailure> {
  const unknownName = Object.keys(raw).find((name) => !Object.hasOwn(descriptor, name))
  if (unknownName !== undefined) {
    return invalid(`Unknown option "${unknownName}". Known options: ${Object.keys(descriptor).join(", ")}.`)
  }
  const values: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(descriptor)) {
    const parsed = parseOption(name, option, raw[name])
    if (!parsed.ok) {
      return parsed
    }
    values[name] = parsed.value
  }
  return ok(values as OptionValues<Descriptor>)
}

/** Splits settings into what may be stored in the clear and what has to be encrypted. */
export function splitSecrets(
  descriptor: OptionsDescriptor,
  values: OptionValues<OptionsDescriptor>
): { publicOptions: Record<string, unknown>; secrets: Record<string, string> } {
  const publicOptions: Record<string, unknown> = {}
  const secrets: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) {
      continue
    }
    if (descriptor[name]?.public) {
      publicOptions[name] = value
    } else {
      secrets[name] = String(value)
    }
  }
  return { publicOptions, secrets }
}
