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
import { writeBarePlugin } from "./bare-plugin"
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

/** `HUB_BENCH_PROFILE=file` is a script that Medusa loads first, for example one that profiles it. */
const PROFILE: Readonly<Record<string, string>> = process.env.HUB_BENCH_PROFILE
  ? { NODE_OPTIONS: `-r ${process.env.HUB_BENCH_PROFILE}` }
  : {}

/** More than any load sends. */
const MOST_PER_SECOND = 3_000

const targetOf = (url: string, channel: FaultChannel): LoadTarget => ({
  origin: url,
  path: `/hooks/hub/${channel.connectionId}`,
})

async function startNode(shared: ShopWorld, channel: FaultChannel): Promise<{ url: string; stop: () => void }> {
  const child = fork(
    join(__dirname, "node-intake-main.ts"),
    [shared.world.databaseUrl, channel.webhookSecret, channel.connectionId],
    { execArgv: ["-r", "ts-node/register/transpile-only"], env: { ...process.env, NODE_OPTIONS: "" } }
  )
  const port = await new Promise<number>((found, reject) => {
    child.once("message", (message) => found(Number(message)))
    child.once("exit", (code) => reject(new Error(`The route without Medusa ended with ${code}.`)))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => child.disconnect() }
}

type Contender = "hub" | "bare" | "node"

/** In turn, and each twice, so that a slow minute of the machine meets all. The engine stands still meanwhile. */
const ORDER: readonly Contender[] = ["hub", "bare", "node", "node", "bare", "hub"]
const WARM_SECONDS = 3

async function measurePace(
  shared: ShopWorld,
  { seconds, senders }: Options
): Promise<Readonly<Record<Contender, Load[]>>> {
  const channel = await shared.connect({ name: "Pace" })
  const shop = await shared.shop({
    HUB_ENGINE_OPTIONS: JSON.stringify({ autostart: false }),
    HUB_BENCH_PLUGIN: writeBarePlugin(REPO_FOLDER),
    HUB_BENCH_SECRET: channel.webhookSecret,
    LOG_LEVEL: "warn",
    ...PROFILE,
  })
  const node = await startNode(shared, channel)
  const targets: Readonly<Record<Contender, LoadTarget>> = {
    hub: targetOf(shop.url, channel),
    bare: { origin: shop.url, path: `/bare/${channel.connectionId}` },
    node: targetOf(node.url, channel),
  }
  const loads: Record<Contender, Load[]> = { hub: [], bare: [], node: [] }
  const measureOne = (name: Contender, forSeconds: number): Promise<Load> =>
    sendAll(targets[name], signMessages(MOST_PER_SECOND * forSeconds, channel.webhookSecret), {
      senders,
      seconds: forSeconds,
    })
  try {
    say("Pace: warming up")
    for (const name of ["hub", "bare", "node"] as const) {
      await measureOne(name, WARM_SECONDS)
    }
    for (const name of ORDER) {
      say(`Pace: ${name}`)
      loads[name].push(await measureOne(name, seconds))
    }
  } finally {
    node.stop()
    await shop.terminate()
    await shared.disconnect(channel)
    // Nobody is to work them off: the next load has the engine to itself.
    await shared.world.sql.raw("DELETE FROM hub_inbox_event")
  }
  return loads
}

/** Deliveries at a fixed rate while the engine works them off, orders come in and stock changes. */
async function measureSustained(shared: ShopWorld, { rate, seconds }: Options): Promise<IntakeReport["sustained"]> {
  const shop = await shared.shop({ LOG_LEVEL: "warn" })
  const channel = await shared.connect({ name: "Sustained" })
  const messages = signMessages(rate * seconds * 2, channel.webhookSecret)
  const over = new AbortController()
  const rest = (async () => {
    for (let change = 0; !over.signal.aborted; change += 1) {
      await shared.world.setStock({ P05: 20 + (change % 10), P06: 30 + (change % 7) })
      await channel.order({ lines: [{ sku: "P07", quantity: 1 }] })
      await new Promise((next) => setTimeout(next, 500))
    }
  })()
  const load = await sendAtRate(targetOf(shop.url, channel), messages, rate)
  over.abort()
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
    const [hub, bare, node] = [figuresOf(pace.hub), figuresOf(pace.bare), figuresOf(pace.node)]
    const report: IntakeReport = { hub, bare, node, ratio: ratioOf(hub, bare), sustained, durability }
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
