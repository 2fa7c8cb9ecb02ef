import { fork } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { inspect, parseArgs } from "node:util"
import { openStage } from "../../integration-tests/faults/harness/fault-context"
import type { FaultContext } from "../../integration-tests/faults/harness/fault-context"
import type { FaultChannel } from "../../integration-tests/faults/harness/fault-channel"
import type { ShopWorld } from "../../integration-tests/faults/harness/shop-world"
import { killIntake } from "../../integration-tests/faults/rows/03-kill-intake"
import { crashDatabase } from "../../integration-tests/faults/rows/04-database-crash"
import { sendAll, sendAtRate, type Load, type LoadTarget } from "./load"
import { signMessages } from "./messages"
import { figuresOf, findIntakeProblems, ratioOf, renderIntake, type Durability, type IntakeReport } from "./report"

const REPO_FOLDER = resolve(__dirname, "../..")

const HELP = `npm run bench:intake -- [options]

  --seconds N     how long each load lasts (default 6)
  --senders N     deliveries on their way at once (default 32)
  --rate N        deliveries a second of the sustained load (default 50)
  --no-crashes    leave out the kills and the crash of Postgres
  --json FILE     write one JSON object
  --help          this text`

const say = (line: string): void =>
  void process.stderr.write(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${line}\n`)

interface Options {
  readonly seconds: number
  readonly senders: number
  readonly rate: number
  readonly hasCrashes: boolean
  readonly jsonFile: string | null
}

/** More than any load sends. */
const MOST_PER_SECOND = 3_000

const targetOf = (url: string, channel: FaultChannel): LoadTarget => ({
  origin: url,
  path: `/hooks/hub/${channel.connectionId}`,
})

async function startBare(shared: ShopWorld, channel: FaultChannel): Promise<{ url: string; stop: () => void }> {
  const child = fork(
    join(__dirname, "bare-intake-main.ts"),
    [shared.world.databaseUrl, channel.webhookSecret, channel.connectionId],
    { execArgv: ["-r", "ts-node/register/transpile-only"], env: { ...process.env, NODE_OPTIONS: "" } }
  )
  const port = await new Promise<number>((found, reject) => {
    child.once("message", (message) => found(Number(message)))
    child.once("exit", (code) => reject(new Error(`The bare route ended with ${code}.`)))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => child.disconnect() }
}

/** Hub and bare route in turn, so that a slow minute of the machine meets both. The engine stands still meanwhile. */
async function measurePace(shared: ShopWorld, { seconds, senders }: Options): Promise<{ hub: Load[]; bare: Load[] }> {
  const channel = await shared.connect({ name: "Pace" })
  const shop = await shared.shop({ HUB_ENGINE_OPTIONS: JSON.stringify({ autostart: false }), LOG_LEVEL: "warn" })
  const bare = await startBare(shared, channel)
  const loads: { hub: Load[]; bare: Load[] } = { hub: [], bare: [] }
  try {
    for (const name of ["warm", "hub", "bare", "bare", "hub"] as const) {
      say(`Pace: ${name}`)
      const messages = signMessages(MOST_PER_SECOND * seconds, channel.webhookSecret)
      const both = name === "warm" ? [shop.url, bare.url] : [name === "hub" ? shop.url : bare.url]
      for (const url of both) {
        const load = await sendAll(targetOf(url, channel), messages.splice(0, messages.length / both.length), {
          senders,
          seconds: name === "warm" ? 3 : seconds,
        })
        if (name !== "warm") {
          loads[name].push(load)
        }
      }
    }
  } finally {
    bare.stop()
    await shop.terminate()
    await shared.disconnect(channel)
  }
  return loads
}

/** Deliveries at a fixed rate while the engine works them off, orders come in and stock changes. */
async function measureSustained(shared: ShopWorld, { rate, seconds }: Options): Promise<IntakeReport["sustained"]> {
  const shop = await shared.shop({ LOG_LEVEL: "warn" })
  const channel = await shared.connect({ name: "Sustained" })
  const messages = signMessages(rate * seconds * 2, channel.webhookSecret)
  let isOver = false
  const rest = (async () => {
    for (let change = 0; !isOver; change += 1) {
      await shared.world.setStock({ P05: 20 + (change % 10), P06: 30 + (change % 7) })
      await channel.order({ lines: [{ sku: "P07", quantity: 1 }] })
      await new Promise((next) => setTimeout(next, 500))
    }
  })()
  const load = await sendAtRate(targetOf(shop.url, channel), messages, rate)
  isOver = true
  await rest
  const { rows } = await shared.world.sql.raw<{ rows: { waiting: number }[] }>(
    "SELECT count(*)::int AS waiting FROM hub_inbox_event WHERE state = 'accepted'"
  )
  await shared.world.quiet(60_000)
  await shared.disconnect(channel)
  return { ...figuresOf([load]), wanted_per_second: rate, waiting_at_end: rows[0]?.waiting ?? 0 }
}

async function measureDurability(context: FaultContext): Promise<Durability[]> {
  say("kill -9 of Medusa under load")
  const killed = await killIntake(context, "Killed", (shared) => shared.shop())
  await killed.shared.disconnect(killed.channel)
  say("Postgres stops at once under load")
  const crashed = await crashDatabase(context, "Crashed", true)
  say("The same with synchronous_commit = off")
  const unsafe = await crashDatabase(context, "Unsafe", false)
  return [
    { what: "kill -9 of Medusa", answered: killed.answered, lost: killed.lost.length, is_control: false },
    {
      what: "Postgres stopped at once",
      answered: crashed.answered,
      lost: crashed.lost.length,
      is_control: false,
    },
    {
      what: "the same, synchronous_commit = off",
      answered: unsafe.answered,
      lost: unsafe.lost.length,
      is_control: true,
    },
  ]
}

async function measure(options: Options): Promise<number> {
  say("Preparing a shop")
  const stage = await openStage(REPO_FOLDER, "bench-intake")
  try {
    const context = stage.contextFor("intake", 1)
    const shared = await context.shop()
    const pace = await measurePace(shared, options)
    say(`Sustained: ${options.rate} a second`)
    const sustained = await measureSustained(shared, options)
    const durability = options.hasCrashes ? await measureDurability(context) : []
    const [hub, bare] = [figuresOf(pace.hub), figuresOf(pace.bare)]
    const report: IntakeReport = { hub, bare, ratio: ratioOf(hub, bare), sustained, durability }
    process.stdout.write(`${renderIntake(report)}\n`)
    if (options.jsonFile !== null) {
      writeFileSync(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`)
    }
    const problems = findIntakeProblems(report)
    problems.forEach((problem) => say(`WRONG: ${problem}`))
    return problems.length === 0 ? 0 : 1
  } finally {
    await stage.close()
  }
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "6" },
      senders: { type: "string", default: "32" },
      rate: { type: "string", default: "50" },
      "no-crashes": { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  })
  return values.help
    ? null
    : {
        seconds: Number(values.seconds),
        senders: Number(values.senders),
        rate: Number(values.rate),
        hasCrashes: !values["no-crashes"],
        jsonFile: values.json ?? null,
      }
}

async function main(): Promise<number> {
  const options = readOptions()
  if (!options) {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  return measure(options)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`\n${inspect(error)}\n`)
    process.exit(1)
  }
)
