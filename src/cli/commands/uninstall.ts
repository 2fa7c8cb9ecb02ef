import { planUninstall, type UninstallPlan } from "../../engine/uninstall/plan-uninstall"
import { uninstall as takeAway } from "../../engine/uninstall/uninstall"
import { EXIT, type Command } from "../command"

const isEmpty = (plan: UninstallPlan): boolean =>
  plan.triggers.length + plan.functions.length + plan.tables.length + plan.migrations.length === 0

function describe(plan: UninstallPlan): string[] {
  return [
    ...plan.triggers.map(({ name, table }) => `  trigger   ${name} on ${table}`),
    ...plan.functions.map((name) => `  function  ${name}`),
    ...plan.tables.map(({ name, rows }) => `  table     ${name}, about ${Math.round(rows)} rows`),
    ...(plan.partitionCount > 0 ? [`            and ${plan.partitionCount} partitions of these`] : []),
    ...plan.migrations.map((name) => `  note      ${name} in mikro_orm_migrations`),
  ]
}

/** `hub uninstall`: takes everything of the hub out of the database. */
export const uninstall: Command = {
  name: "uninstall",
  usage: "[--yes] [--force] [--json]",
  summary: "take everything of the hub out of the database",
  details:
    "First it says what will go; without --yes that is all it does. Medusa's tables are afterwards as they were before " +
    "the hub. Orders that came from channels stay. It refuses while a worker is alive: stop Medusa, or take the plugin " +
    "out of medusa-config.ts and restart.",
  flags: {
    yes: { type: "boolean", help: "does it" },
    force: { type: "boolean", help: "does it although a worker is alive" },
  },
  arguments: [0, 0],
  hasJson: true,
  run: async ({ sql, flags, json, print }) => {
    const plan = await planUninstall(sql)
    if (isEmpty(plan)) {
      print(json ? JSON.stringify({ plan, is_done: false }) : "There is nothing of the hub in this database.")
      return EXIT.ok
    }
    const say = json ? () => undefined : print
    say("This goes, with everything in it:")
    describe(plan).forEach(say)
    say("")
    if (plan.aliveWorkers.length > 0 && flags.force !== true) {
      say(`A worker is alive (${plan.aliveWorkers.join(", ")}). Stop it first, or add --force. Nothing was done.`)
    } else if (flags.yes !== true) {
      say("Nothing was done. To do it: hub uninstall --yes")
    } else {
      const done = await takeAway(sql)
      print(json ? JSON.stringify({ plan: done, is_done: true }, null, 2) : "Done. Medusa's tables are as they were.")
      return EXIT.ok
    }
    if (json) {
      print(JSON.stringify({ plan, is_done: false }, null, 2))
    }
    return EXIT.refused
  },
}
