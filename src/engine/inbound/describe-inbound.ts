import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createRedactor } from "../../http/redact"
import { HubError } from "../../lib/errors"
import type { HubInboundDetail } from "../../types/http/inbound"
import { REPLAYABLE_STATES } from "../../types/states"
import { intakeOf } from "../intake/intake"
import { findInbound } from "../queries/load-inbound"
import type { Sql } from "../sql"

const PAYLOAD_LIMIT = 32_768

/** A message as it may be shown: without buyers, and without secrets of its connection. Throws `not-found`. */
export async function describeInbound(container: MedusaContainer, id: string): Promise<HubInboundDetail> {
  const sql: Sql = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const intake = intakeOf(container)
  // What came a moment ago may not be written down yet.
  await intake.deliveries.flush()
  const found = await findInbound(sql, id)
  if (!found) {
    throw new HubError({ kind: "not-found", message: `There is no message ${id}.` })
  }
  const { payload, ...message } = found.message
  const entry = await intake.directory.find(message.connection_id)
  const redactor = createRedactor(entry?.secrets ?? [])
  return {
    ...message,
    payload: payload === null ? null : redactor.json(payload, PAYLOAD_LIMIT),
    deliveries: found.deliveries,
    is_replayable: REPLAYABLE_STATES.some((state) => state === message.state),
  }
}
