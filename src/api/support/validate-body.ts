import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"
import { HubError } from "../../lib/errors"

/** More than one reads at once; the rest comes up when these are mended. */
const MOST_ISSUES = 5

const fieldOf = (path: readonly PropertyKey[]): string => path.map(String).join(", ")

function tell(issue: z.core.$ZodIssue): string {
  const field = fieldOf(issue.path)
  const where = field === "" ? "The body" : `Field '${field}'`
  if (issue.code === "unrecognized_keys") {
    return `Unrecognized fields: '${issue.keys.map((key) => fieldOf([...issue.path, key])).join("', '")}'`
  }
  if (issue.code === "invalid_type" && issue.input === undefined && field !== "") {
    return `${where} is required: expected ${issue.expected}`
  }
  if (issue.code === "invalid_union") {
    const [closest = []] = [...issue.errors].sort((left, right) => left.length - right.length)
    return closest.length === 0
      ? `${where} has none of the values that are known`
      : closest.map((inner) => tell({ ...inner, path: [...issue.path, ...inner.path] })).join("; ")
  }
  return field === "" && issue.code === "custom" ? issue.message : `${where}: ${issue.message}`
}

/** A body that its schema does not take, in words: each field with what is wrong with it. Pure. */
export const describeIssues = (issues: readonly z.core.$ZodIssue[]): string =>
  `Invalid request: ${issues.slice(0, MOST_ISSUES).map(tell).join("; ")}`

/** Checks the body of a request and keeps what the schema makes of it as `validatedBody`. */
export const validateBody =
  (schema: z.ZodType) =>
  async (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): Promise<void> => {
    const result = await schema.safeParseAsync(req.body, { reportInput: true })
    if (!result.success) {
      throw new HubError({ kind: "invalid-data", message: describeIssues(result.error.issues) })
    }
    req.validatedBody = result.data
    next()
  }
