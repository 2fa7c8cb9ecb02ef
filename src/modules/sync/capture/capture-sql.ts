/** Grows with every change of the SQL below; an older version in the database is replaced at boot. */
export const CAPTURE_VERSION = 2

/*
 * The trigger only INSERTs into the append-only `hub_stock_change`: no joins, no update of a shared row. It is a
 * statement trigger, so that a bulk update costs one subtransaction and not one for each row. It swallows its own errors:
 * capture may fail, the merchant's write never; the sweep finds what was missed.
 *
 * Urgency is a hint for the order of work only: 0 for anything but a fall, 9 for sold out, and in between the share of the
 * stock that went. Where half of it has gone at once, the other channels are about to promise what is not there.
 *
 * `sold` is what was newly reserved. `is_edit` says that the stock itself changed other than by handing out what had been
 * reserved, which is what a fulfilment does. Guards need both, to never hold what was sold.
 */
const FUNCTION_SQL = (operation: "INSERT" | "UPDATE" | "DELETE"): string => {
  const available = (row: string): string => `(${row}.stocked_quantity - ${row}.reserved_quantity)`
  const select = {
    INSERT: `SELECT n.inventory_item_id, n.location_id, 0, GREATEST(n.reserved_quantity, 0), true FROM hub_new n`,
    UPDATE: `SELECT n.inventory_item_id, n.location_id,
               CASE WHEN ${available("n")} >= ${available("o")} AND n.deleted_at IS NOT DISTINCT FROM o.deleted_at THEN 0
                    WHEN ${available("n")} <= 0 OR n.deleted_at IS NOT NULL THEN 9
                    ELSE 1 + floor(7 * (${available("o")} - ${available("n")}) / ${available("o")})::int END,
               GREATEST(n.reserved_quantity - o.reserved_quantity, 0),
               n.deleted_at IS DISTINCT FROM o.deleted_at OR (n.stocked_quantity <> o.stocked_quantity
                 AND n.stocked_quantity - o.stocked_quantity <> n.reserved_quantity - o.reserved_quantity)
             FROM hub_new n JOIN hub_old o ON o.id = n.id
             WHERE (n.stocked_quantity, n.reserved_quantity, n.location_id, n.inventory_item_id, n.deleted_at)
               IS DISTINCT FROM (o.stocked_quantity, o.reserved_quantity, o.location_id, o.inventory_item_id, o.deleted_at)`,
    DELETE: `SELECT o.inventory_item_id, o.location_id, 9, 0, true FROM hub_old o`,
  }[operation]
  return `
    CREATE OR REPLACE FUNCTION hub_capture_stock_${operation.toLowerCase()}() RETURNS trigger LANGUAGE plpgsql AS $hub$
    BEGIN
      INSERT INTO hub_stock_change (inventory_item_id, location_id, urgency, sold, is_edit) ${select};
      RETURN NULL;
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING 'hub: a stock change was not captured (%), the sweep will find it', SQLERRM;
      RETURN NULL;
    END $hub$;`
}

const TRIGGER_SQL = (operation: "INSERT" | "UPDATE" | "DELETE"): string => {
  const referencing = {
    INSERT: "NEW TABLE AS hub_new",
    UPDATE: "OLD TABLE AS hub_old NEW TABLE AS hub_new",
    DELETE: "OLD TABLE AS hub_old",
  }[operation]
  const name = `hub_capture_stock_${operation.toLowerCase()}`
  return `
    DROP TRIGGER IF EXISTS ${name} ON inventory_level;
    CREATE TRIGGER ${name} AFTER ${operation} ON inventory_level
      REFERENCING ${referencing} FOR EACH STATEMENT EXECUTE FUNCTION ${name}();
    COMMENT ON TRIGGER ${name} ON inventory_level IS 'medusa-stock-hub capture v${CAPTURE_VERSION}';`
}

const OPERATIONS = ["INSERT", "UPDATE", "DELETE"] as const

export const INSTALL_CAPTURE_SQL = OPERATIONS.map((operation) => FUNCTION_SQL(operation) + TRIGGER_SQL(operation)).join(
  "\n"
)

export const REMOVE_CAPTURE_SQL = OPERATIONS.map((operation) => {
  const name = `hub_capture_stock_${operation.toLowerCase()}`
  return `DROP TRIGGER IF EXISTS ${name} ON inventory_level; DROP FUNCTION IF EXISTS ${name}();`
}).join("\n")

/** For the way down of a migration, which may run where Medusa's table was never made. */
export const REMOVE_CAPTURE_IF_TABLE_EXISTS_SQL = `DO $outer$ BEGIN
  IF to_regclass('inventory_level') IS NOT NULL THEN ${REMOVE_CAPTURE_SQL} END IF;
END $outer$;`

/** Counts the installed triggers of the present version; three means that capture works. */
export const CAPTURE_STATUS_SQL = `
  SELECT count(*)::int AS installed FROM pg_trigger t
  WHERE t.tgrelid = to_regclass('inventory_level') AND t.tgname LIKE 'hub_capture_stock_%' AND t.tgenabled <> 'D'
    AND obj_description(t.oid, 'pg_trigger') = 'medusa-stock-hub capture v${CAPTURE_VERSION}'`
