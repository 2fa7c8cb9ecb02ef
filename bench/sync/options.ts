import { parseArgs } from "node:util"

export interface BenchOptions {
  /** Listings on each channel: as many SKUs. */
  readonly listings: number
  readonly channels: number
  /** In the backlog. */
  readonly changes: number
  /** Changes a second in the stream. */
  readonly rate: number
  /** In the stream. */
  readonly streamChanges: number
  /** The naive subscriber is measured on the first so many changes of the same stream: its pace does not change. */
  readonly naiveChanges: number
  /** Listings on each channel for the second look at memory; null leaves it out. */
  readonly manyListings: number | null
  readonly seed: number
  readonly jsonFile: string | null
}

export const BENCH_HELP = `npm run bench:sync -- [options]

  --listings N       listings on each channel (default 10000)
  --channels N       channels (default 4)
  --changes N        stock changes in the backlog (default 40000)
  --rate N           stock changes a second in the stream (default 250)
  --stream-changes N stock changes in the stream (default: a quarter of the backlog)
  --naive-changes N  of the stream, how many the naive subscriber is given (default: 1 in 5)
  --many-listings N  listings on each channel for the second look at memory, 0 for none (default: 10 × listings)
  --seed N           another stream (default 1)
  --scale quick      small numbers: does it run? (1000 listings, 4000 changes, no second look at memory)
  --json FILE        write one JSON object
  --help             this text`

const DESCRIPTION = {
  listings: { type: "string" },
  channels: { type: "string" },
  changes: { type: "string" },
  rate: { type: "string" },
  "stream-changes": { type: "string" },
  "naive-changes": { type: "string" },
  "many-listings": { type: "string" },
  seed: { type: "string" },
  scale: { type: "string", default: "full" },
  json: { type: "string" },
  help: { type: "boolean", default: false },
} as const

/** Sizes by the name of the scale. */
const SCALES = {
  full: { listings: 10_000, changes: 40_000, hasManyListings: true },
  quick: { listings: 1_000, changes: 4_000, hasManyListings: false },
} as const

/** A mistake in what the person typed. Its message is all they need. */
export class UsageError extends Error {}

function wholeNumber(name: string, text: string | undefined, otherwise: { value: number; least: number }): number {
  const value = text === undefined ? otherwise.value : Number(text)
  if (!Number.isSafeInteger(value) || value < otherwise.least) {
    throw new UsageError(`--${name} must be a whole number from ${otherwise.least}, not "${text ?? ""}".`)
  }
  return value
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: DESCRIPTION, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${BENCH_HELP}`)
  }
}

/**
 * Reads the command line.
 *
 * @returns null when help was asked for
 * @throws UsageError that says which option, what was expected and what was given
 */
export function parseBenchOptions(args: readonly string[]): BenchOptions | null {
  const values = parse(args)
  if (values.help) {
    return null
  }
  if (values.scale !== "full" && values.scale !== "quick") {
    throw new UsageError(`--scale must be "full" or "quick", not "${values.scale}".`)
  }
  const scale = SCALES[values.scale]
  const listings = wholeNumber("listings", values.listings, { value: scale.listings, least: 1 })
  const changes = wholeNumber("changes", values.changes, { value: scale.changes, least: 1 })
  const streamChanges = wholeNumber("stream-changes", values["stream-changes"], {
    value: Math.max(1, Math.floor(changes / 4)),
    least: 1,
  })
  const naiveChanges = wholeNumber("naive-changes", values["naive-changes"], {
    value: Math.max(1, Math.floor(streamChanges / 5)),
    least: 1,
  })
  const manyListings = wholeNumber("many-listings", values["many-listings"], {
    value: scale.hasManyListings ? listings * 10 : 0,
    least: 0,
  })
  return {
    listings,
    channels: wholeNumber("channels", values.channels, { value: 4, least: 1 }),
    changes,
    rate: wholeNumber("rate", values.rate, { value: 250, least: 1 }),
    streamChanges,
    naiveChanges: Math.min(streamChanges, naiveChanges),
    manyListings: manyListings === 0 ? null : manyListings,
    seed: wholeNumber("seed", values.seed, { value: 1, least: 0 }),
    jsonFile: values.json ?? null,
  }
}
