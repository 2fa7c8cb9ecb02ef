import { DEMO_HELP, parseDemoOptions, UsageError } from "../options"

const DEFAULTS = {
  transactions: null,
  headless: false,
  lines: null,
  speed: 2,
  json: false,
  reset: false,
  seed: 1,
  channels: "simulators",
}

function refusal(...args: string[]): string {
  try {
    parseDemoOptions(args)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as UsageError).message
  }
  throw new Error(`${args.join(" ")} was accepted.`)
}

describe("parseDemoOptions", () => {
  it("shows made-up orders at two a second when nothing is said", () => {
    expect(parseDemoOptions([])).toEqual(DEFAULTS)
  })

  it("reads every option", () => {
    expect(
      parseDemoOptions("--transactions log.csv --headless --lines 50 --speed 2.5 --json --reset --seed 0".split(" "))
    ).toEqual({
      transactions: "log.csv",
      headless: true,
      lines: 50,
      speed: 2.5,
      json: true,
      reset: true,
      seed: 0,
      channels: "simulators",
    })
  })

  it("puts a fake Shopify among the channels, but not where it compares with a world without the hub", () => {
    expect(parseDemoOptions(["--channels", "shopify"])?.channels).toBe("shopify")
    expect(refusal("--channels", "amazon")).toBe('--channels must be "simulators" or "shopify", not "amazon".')
    expect(refusal("--channels", "shopify", "--headless", "--transactions", "log.csv")).toContain(
      "leave --channels out"
    )
  })

  it.each([
    ["as fast as possible when headless", ["--transactions", "log.csv", "--headless"], "max"],
    ["slowly when watched", ["--transactions", "log.csv"], 2],
    ["as it was told, also when headless", ["--transactions", "log.csv", "--headless", "--speed", "7"], 7],
    ["as fast as possible when told so", ["--speed", "max"], "max"],
    ["at the highest number", ["--speed", "1000"], 1_000],
  ])("replays %s", (_how, args, speed) => {
    expect(parseDemoOptions(args)?.speed).toBe(speed)
  })

  it.each([["--help"], ["-h"]])("asks for nothing else with %s", (flag) => {
    expect(parseDemoOptions(["--headless", flag])).toBeNull()
  })

  it.each([
    ["--lines", "0"],
    ["--lines", "-3"],
    ["--lines", "1.5"],
    ["--lines", "many"],
    ["--lines", "9007199254740993"],
  ])("refuses %s %s and says what it takes", (option, text) => {
    expect(refusal("--transactions", "log.csv", `${option}=${text}`)).toBe(
      `--lines must be a whole number from 1, not "${text}".`
    )
  })

  it.each(["-1", "0.5", "seven"])("refuses --seed %s and says what it takes", (text) => {
    expect(refusal(`--seed=${text}`)).toBe(`--seed must be a whole number from 0, not "${text}".`)
  })

  it.each(["0", "-1", "1000.5", "fast", "NaN", "Infinity", ""])("refuses --speed %j and says what it takes", (text) => {
    expect(refusal(`--speed=${text}`)).toBe(
      `--speed must be "max" or orders per second, above 0 and up to 1000, not "${text}".`
    )
  })

  it("wants a log when headless, because only a log ends", () => {
    expect(refusal("--headless")).toBe(
      "--headless ends by itself, so it needs something that ends: add --transactions FILE."
    )
  })

  it("wants a log to count the lines of", () => {
    expect(refusal("--lines", "5")).toBe("--lines counts lines of a log: add --transactions FILE.")
  })

  it.each([
    ["an option it does not know", ["--sped", "3"], "Unknown option '--sped'"],
    ["a word without an option", ["log.csv"], "Unexpected argument 'log.csv'"],
    ["an option whose value is missing", ["--seed"], "Option '--seed <value>' argument missing"],
    ["a value for an option that takes none", ["--json=yes"], "Option '--json' does not take an argument"],
  ])("names %s and lists those it knows", (_what, args, reason) => {
    // Node's own errors come from outside of jest's world and bring their name along: hence not at the very beginning.
    const message = refusal(...args)
    expect(message).toContain(`${reason}. Known options:\n\n`)
    expect(message.endsWith(DEMO_HELP)).toBe(true)
  })
})
