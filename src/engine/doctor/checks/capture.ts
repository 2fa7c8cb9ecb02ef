import { CAPTURE_VERSION } from "../../../modules/sync/capture/capture-sql"
import { installCapture } from "../../../modules/sync/capture/install-capture"
import { query } from "../../sql"
import { defineCheck, type Finding } from "../check"

export interface CaptureFacts {
  readonly wanted: boolean | null
  readonly triggers: readonly { readonly name: string; readonly enabled: boolean; readonly note: string | null }[]
}

const TRIGGERS = ["hub_capture_stock_insert", "hub_capture_stock_update", "hub_capture_stock_delete"]

const TRIGGERS_SQL = `
  SELECT t.tgname AS name, t.tgenabled <> 'D' AS enabled, obj_description(t.oid, 'pg_trigger') AS note
  FROM pg_trigger t WHERE t.tgrelid = to_regclass('inventory_level') AND t.tgname = ANY(:names)`

const MEANS = "Changes are found by Medusa's events and by the sweep: up to a minute late instead of at once."

export function judgeCapture({ wanted, triggers }: CaptureFacts): Finding[] {
  if (wanted === false) {
    return []
  }
  const of = (what: string, names: readonly string[]): Finding[] =>
    names.length === 0
      ? []
      : [
          {
            severity: "degraded",
            what,
            means: MEANS,
            fix: "Run hub capture install, or restart Medusa. The database user needs the right to create a trigger.",
            ids: names,
            count: names.length,
          },
        ]
  const missing = TRIGGERS.filter((name) => !triggers.some((trigger) => trigger.name === name))
  const disabled = triggers.filter(({ enabled }) => !enabled).map(({ name }) => name)
  const outdated = triggers
    .filter(({ enabled, note }) => enabled && note !== `medusa-stock-hub capture v${CAPTURE_VERSION}`)
    .map(({ name }) => name)
  const onPurpose = wanted === null ? ' (ignore this if the option capture is "events")' : ""
  return [
    ...of(`The capture trigger is not on the stock table${onPurpose}.`, missing),
    ...of("Somebody switched the capture trigger off.", disabled),
    ...of(`The capture trigger is of another version than ${CAPTURE_VERSION}.`, outdated),
  ]
}

export const capture = defineCheck<CaptureFacts>({
  id: "capture",
  title: "Every change of stock is noticed inside the database",
  tables: ["inventory_level"],
  cost: "quick",
  load: async ({ sql, wantsCapture }) => ({
    wanted: wantsCapture,
    triggers: await query(sql, TRIGGERS_SQL, { names: TRIGGERS }),
  }),
  judge: judgeCapture,
  repair: {
    describe: () => "install the capture trigger of this version (needs a lock on inventory_level; gives up after 2 s)",
    run: async (sql) => `The capture trigger is ${await installCapture(sql)}.`,
  },
})
