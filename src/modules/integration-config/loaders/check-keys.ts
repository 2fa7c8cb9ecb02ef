import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { HubOptions } from "../../../types/options"
import { parseKeyRing } from "../core/envelope"
import { describeKeys } from "../core/key-words"
import { loadKeyUses } from "../keys/load-key-uses"
import { recordKeyCheck } from "../keys/record-key-check"

/**
 * Tries the key ring on what is stored, once at every boot, and says in the log what it cannot open. Never stops a boot:
 * connections whose secrets cannot be opened wait, the others go on.
 */
export default async function checkKeysLoader({ container, options, logger }: LoaderOptions): Promise<void> {
  const { encryption_keys: keys } = (options ?? {}) as HubOptions
  const knex = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  try {
    const ready = await knex.raw<{ rows: { ready: boolean }[] }>(
      "SELECT to_regclass('hub_credential') IS NOT NULL AND to_regclass('hub_key_check') IS NOT NULL AS ready"
    )
    if (!ready.rows[0]?.ready) {
      return
    }
    const parsed = keys ? parseKeyRing(keys) : null
    const ring = parsed?.ok ? parsed.value : null
    const uses = await loadKeyUses(knex, ring)
    for (const { text, fix } of describeKeys(uses)) {
      logger?.error(`hub: ${text} Connections that need it wait; nothing is lost or overwritten. ${fix}`)
    }
    for (const { keyId, credentialCount } of uses.filter(({ state }) => state === "unproven")) {
      if (ring && credentialCount > 0) {
        await recordKeyCheck(knex, ring, keyId)
      }
    }
  } catch (error) {
    logger?.warn(
      `hub: the encryption keys could not be checked: ${error instanceof Error ? error.message : String(error)}`
    )
  }
}
