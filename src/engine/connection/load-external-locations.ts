import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { toFailure, HubError } from "../../lib/errors"
import { ANY_LOCATION } from "../../types/ids"
import { openConnection } from "../connections"
import type { Sql } from "../sql"
import { requireConnection } from "./describe-connection"

/**
 * The places where a channel keeps stock, as the channel tells them. One that knows no places has a single one.
 *
 * Throws `not-found`, and `invalid-data` where the channel refuses our credentials: it is not the person at the admin who is
 * refused.
 */
export async function loadExternalLocations(
  container: MedusaContainer,
  connectionId: string
): Promise<{ id: string; name: string }[]> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { name } = await requireConnection(sql, connectionId)
  const { client, traits } = await openConnection(container, connectionId)
  if (!client.listLocations || !traits.hasLocations) {
    return [{ id: ANY_LOCATION, name }]
  }
  const locations = await client.listLocations().catch((error: unknown) => {
    const failure = toFailure(error)
    throw failure.kind === "auth" ? new HubError({ ...failure, kind: "invalid-data" }, { cause: error }) : error
  })
  return locations.map((location) => ({ id: location.externalId, name: location.name }))
}
