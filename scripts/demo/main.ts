import { inspect } from "node:util"
import { resolve } from "node:path"
import { runHeadless } from "./headless"
import { DEMO_HELP, parseDemoOptions, UsageError, type DemoOptions } from "./options"
import { runLive } from "./live"
import { setStage } from "./stage"
import { ProgressBars } from "./terminal/progress-bars"

/** What a shell expects of a program that was stopped with Ctrl-C. */
const STOPPED_BY_PERSON = 130

const REPO_FOLDER = resolve(__dirname, "../..")

async function run(options: DemoOptions): Promise<number> {
  const bars = new ProgressBars(process.stderr, false)
  const controller = new AbortController()
  const stop = (): void => controller.abort()
  process.once("SIGINT", stop).once("SIGTERM", stop)
  bars.show("Start Postgres", 0, 1)
  const stage = await setStage(REPO_FOLDER, options.reset, controller.signal)
  bars.show("Start Postgres", 1, 1)
  try {
    return await (options.headless ? runHeadless : runLive)(stage, options, bars, () => controller.signal.aborted)
  } catch (error) {
    if (controller.signal.aborted) {
      return STOPPED_BY_PERSON
    }
    throw error
  } finally {
    bars.stop()
    await stage.postgres.stop()
  }
}

async function main(): Promise<number> {
  const options = parseDemoOptions(process.argv.slice(2))
  if (!options) {
    process.stdout.write(`${DEMO_HELP}\n`)
    return 0
  }
  return run(options)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    // With its causes: "fetch failed" alone says nothing.
    process.stderr.write(`\n${error instanceof UsageError ? error.message : inspect(error)}\n`)
    process.exit(error instanceof UsageError ? 2 : 1)
  }
)
