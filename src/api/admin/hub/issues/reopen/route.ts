import type { MedusaResponse } from "@medusajs/framework/http"
import type { HubIssueChangeResponse } from "../../../../../types/http/issues"
import { changeChosenIssues, type ChooseIssuesRequest } from "../change-chosen-issues"

export const POST = async (req: ChooseIssuesRequest, res: MedusaResponse<HubIssueChangeResponse>): Promise<void> => {
  res.json(await changeChosenIssues(req, "reopen"))
}
