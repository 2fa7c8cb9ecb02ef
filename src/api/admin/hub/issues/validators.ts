import { z } from "@medusajs/framework/zod"
import { ISSUE_SEVERITIES, ISSUE_STATES } from "../../../../types/states"

const filter = {
  state: z.enum(ISSUE_STATES).optional(),
  connection_id: z.string().min(1).max(255).optional(),
  code: z.string().min(1).max(100).optional(),
  severity: z.enum(ISSUE_SEVERITIES).optional(),
}

export const AdminGetHubIssues = z.strictObject({
  ...filter,
  /** Id of the last issue of the page before. */
  cursor: z.string().min(1).max(255).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type AdminGetHubIssuesType = z.infer<typeof AdminGetHubIssues>

export const AdminGetHubIssueGroups = z.strictObject(filter)

export type AdminGetHubIssueGroupsType = z.infer<typeof AdminGetHubIssueGroups>

/** Some by their ids, or all of one cause at one connection. */
export const AdminChooseHubIssues = z
  .strictObject({
    ids: z.array(z.string().min(1).max(255)).min(1).max(1_000).optional(),
    connection_id: z.string().min(1).max(255).optional(),
    code: z.string().min(1).max(100).optional(),
  })
  .refine(
    ({ ids, connection_id: connectionId, code }) =>
      (ids === undefined) !== (connectionId === undefined) && (connectionId === undefined) === (code === undefined),
    "Give either ids, or connection_id and code together."
  )

export type AdminChooseHubIssuesType = z.infer<typeof AdminChooseHubIssues>
