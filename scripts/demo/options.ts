import { parseArgs, type ParseArgsConfig } from "node:util"

export interface DemoOptions {
  /** A log of real transactions to replay instead of making up orders. */
  readonly transactions: string | null
  /** No admin; ends by itself and exits non-zero unless everything came out right. Needs `transactions`. */
  readonly headless: boolean
  /** Most lines of the log to replay; null replays all. */
  readonly lines: number | null
  /** `max` sends as fast as the slower world can take it; a number is orders per second. */
  readonly speed: number | "max"
  /** Prints one JSON object at the end instead of tables. */
  readonly json: boolean
  /** Forgets what an earlier demo left. */
  readonly reset: boolean
  /** Decides which order goes to which channel. */
  readonly seed: number
  /** Which fakes there are to sell on: simulators only, or a fake Shopify among them. */
  readonly channels: "simulators" | "shopify"
}

export const DEMO_HELP = `npm run demo -- [options]

  --transactions FILE   replay a log of real transactions (CSV, plain or .gz)
  --headless            no admin, no keys: replay, check, print, exit (needs --transactions)
  --lines N             replay only the first N lines of the log
  --speed max|N         as fast as possible, or N orders a second (default: 2, or max when headless)
  --json                print one JSON object at the end
  --channels shopify    one of the channels is a fake Shopify, connected by the Shopify connector
  --seed N              another way to deal the orders to the channels (default: 1)
  --reset               forget what an earlier demo left and start over
  --help                this text`

const DESCRIPTION = {
  transactions: { type: "string" },
  headless: { type: "boolean", default: false },
  lines: { type: "string" },
  speed: { type: "string" },
  json: { type: "boolean", default: false },
  reset: { type: "boolean", default: false },
  seed: { type: "string", default: "1" },
  channels: { type: "string", default: "simulators" },
  help: { type: "boolean", short: "h", default: false },
} as const satisfies ParseArgsConfig["options"]

/** A mistake in what the person typed. Its message is all they need. */
export class UsageError extends Error {}

const wholeNumber = (name: string, text: string, least: number): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`--${name} must be a whole number from ${least}, not "${text}".`)
  }
  return value
}

function parseChannels(text: string): DemoOptions["channels"] {
  if (text !== "simulators" && text !== "shopify") {
    throw new UsageError(`--channels must be "simulators" or "shopify", not "${text}".`)
  }
  return text
}

function parseSpeed(text: string): number | "max" {
  if (text === "max") {
    return "max"
  }
  const value = Number(text)
  if (!(value > 0 && value <= 1_000)) {
    throw new UsageError(`--speed must be "max" or orders per second, above 0 and up to 1000, not "${text}".`)
  }
  return value
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: DESCRIPTION, allowPositionals: false }).values
  } catch (error) {
    const [reason = "Unknown option"] = (error instanceof Error ? error.message : String(error)).split(". ")
    throw new UsageError(`${reason}. Known options:\n\n${DEMO_HELP}`)
  }
}

/**
 * Reads the command line.
 *
 * @returns null when help was asked for
 * @throws UsageError that says which option, what was expected and what was given
 */
export function parseDemoOptions(args: readonly string[]): DemoOptions | null {
  const values = parse(args)
  if (values.help) {
    return null
  }
  if (values.headless && !values.transactions) {
    throw new UsageError("--headless ends by itself, so it needs something that ends: add --transactions FILE.")
  }
  if (values.lines !== undefined && !values.transactions) {
    throw new UsageError("--lines counts lines of a log: add --transactions FILE.")
  }
  if (values.headless && values.channels !== "simulators") {
    throw new UsageError(
      "--headless compares with a world without the hub, which knows simulators only: leave --channels out."
    )
  }
  return {
    transactions: values.transactions ?? null,
    headless: values.headless,
    lines: values.lines === undefined ? null : wholeNumber("lines", values.lines, 1),
    speed: parseSpeed(values.speed ?? (values.headless ? "max" : "2")),
    json: values.json,
    reset: values.reset,
    seed: wholeNumber("seed", values.seed, 0),
    channels: parseChannels(values.channels),
  }
}
