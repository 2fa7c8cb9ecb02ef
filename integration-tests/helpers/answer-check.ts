import Ajv from "ajv/dist/2020"
import { HUB_ROUTES } from "../../src/api/hub-routes"
import { ANSWER_SCHEMAS } from "../../src/api/openapi/answer-schemas"
import { createRouteMatcher } from "../../src/api/support/match-route"

const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addSchema({ $id: "hub", components: { schemas: ANSWER_SCHEMAS } })

const matchRoute = createRouteMatcher(HUB_ROUTES)

/** How an answer differs from what the OpenAPI document says; null when it does not, or when nothing is said. */
export function findDifference(method: string, path: string, answer: { status: number; body: unknown }): string | null {
  const match = matchRoute(method, path.split("?")[0] ?? path)
  if (match.kind !== "found" || match.route.answer === undefined || answer.status >= 400) {
    return null
  }
  const { answer: name, status = 200 } = match.route
  if (![status].flat().some((code) => code === answer.status)) {
    return `answers ${answer.status} and not ${String(status)}`
  }
  if (name === "text/csv") {
    return null
  }
  const validate = ajv.compile({ $ref: `hub#/components/schemas/${name}` })
  return validate(answer.body) ? null : `is no ${name}: ${ajv.errorsText(validate.errors)}`
}
