import type { MedusaContainer } from "@medusajs/framework/types"
import type { HubFailure } from "../../lib/errors"
import type { Result } from "../../lib/result"
import type { IntakeRequest } from "../intake/delivery-log"
import { intakeOf, type Acceptance } from "../intake/intake"

export type { Acceptance, IntakeRequest }

/**
 * Takes an inbound message: verifies the raw body, then stores it. Once this has resolved, the message is safe and the
 * sender may be told so. Working on it comes later and elsewhere.
 *
 * @returns `not-found` for an unknown connection, `auth` for a bad signature, `invalid-data` for a body nobody can read,
 * `rate-limited` for the next one after many of these
 */
export const acceptWebhook = (
  container: MedusaContainer,
  connectionId: string,
  request: IntakeRequest
): Promise<Result<Acceptance, HubFailure>> => intakeOf(container).accept(connectionId, request)

/** Refuses a message that was too large to be read, and logs it. */
export const refuseUnread = (
  container: MedusaContainer,
  connectionId: string,
  refused: { readonly request: IntakeRequest; readonly failure: HubFailure }
): Promise<Result<Acceptance, HubFailure>> =>
  intakeOf(container).refuseUnread(connectionId, refused.request, refused.failure)
