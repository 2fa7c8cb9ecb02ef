import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { listSubjects, type Subject } from "../../../../engine/access/grants"
import { DEFAULT_PRESET } from "../../../../lib/access/presets"
import type { HubAccessMode, HubPreset } from "../../../../types/access"
import type { HubAccessResponse } from "../../../../types/http/access"
import { accessOf } from "../../../support/check-access"
import { subjectTypeOf } from "../../../support/subject-type"
import type { AdminGetHubAccessType } from "./validators"

const HELD: Readonly<Record<HubAccessMode, (subject: Subject) => HubPreset | null>> = {
  open: () => "owner",
  grants: ({ granted }) => granted ?? DEFAULT_PRESET,
  "medusa-rbac": () => null,
}

export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, AdminGetHubAccessType>,
  res: MedusaResponse<HubAccessResponse>
): Promise<void> => {
  const { cursor = null, limit } = req.validatedQuery
  const sql = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [{ mode, preset, actions }, subjects] = await Promise.all([accessOf(req), listSubjects(sql, { cursor, limit })])
  res.json({
    mode,
    me: { id: req.auth_context.actor_id, type: subjectTypeOf(req), preset, actions: [...actions] },
    subjects: subjects.map((subject) => ({ ...subject, preset: HELD[mode](subject) })),
    next_cursor: subjects.length === limit ? (subjects.at(-1)?.id ?? null) : null,
  })
}
