import { query, type Sql } from "../sql"
import { planUninstall, type UninstallPlan } from "./plan-uninstall"

/** A sale must not wait for us: with the stock table locked for longer we give up, and nothing has happened. */
const LOCK_TIMEOUT_SQL = "SET LOCAL lock_timeout = '2s'"

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** In the order in which they run, all in one transaction. Pure. */
export function uninstallStatements(plan: UninstallPlan): string[] {
  return [
    ...plan.triggers.map(({ name, table }) => `DROP TRIGGER ${quote(name)} ON ${quote(table)}`),
    ...plan.functions.map((name) => `DROP FUNCTION ${name}`),
    // In one statement, so that they may refer to each other; without CASCADE, so that nobody else's view goes with them.
    ...(plan.tables.length > 0 ? [`DROP TABLE ${plan.tables.map(({ name }) => quote(name)).join(", ")}`] : []),
  ]
}

/**
 * Takes away everything that the hub has put into the database: all of it, or nothing when any of it fails.
 *
 * Medusa's own rows stay: orders that came from channels, and their reservations.
 *
 * Throws what Postgres says, for example when a view of somebody else reads a hub table or the stock table is locked.
 */
export async function uninstall(sql: Sql): Promise<UninstallPlan> {
  return sql.transaction(async (transaction) => {
    await transaction.raw(LOCK_TIMEOUT_SQL)
    const plan = await planUninstall(transaction)
    for (const statement of uninstallStatements(plan)) {
      await transaction.raw(statement)
    }
    if (plan.migrations.length > 0) {
      await query(transaction, "DELETE FROM mikro_orm_migrations WHERE name = ANY(:migrations)", {
        migrations: [...plan.migrations],
      })
    }
    return plan
  })
}
