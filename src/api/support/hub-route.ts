import type { z } from "@medusajs/framework/zod"
import type { HubAction } from "../../types/access"
import type { ANSWER_SCHEMAS } from "../openapi/answer-schemas"

/** An interface of `src/types/http`. `npm run openapi` makes a new one known here. */
export type AnswerName = keyof typeof ANSWER_SCHEMAS | "text/csv"

export type AnswerStatus = 200 | 201 | 202

/**
 * What is known about a route without calling it. Validation, access and the OpenAPI document are made from it, so that
 * none of them can say something else than the others.
 */
export interface HubRoute {
  readonly method: "GET" | "POST" | "DELETE"
  /** As Medusa's router writes it: `/admin/hub/connections/:id`. */
  readonly path: `/admin/hub/${string}`
  /** Who may call it. */
  readonly action: HubAction
  /** One sentence, in the imperative. */
  readonly summary: string
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** What it answers. */
  readonly answer?: AnswerName
  /** Of the answer; 200 unless given. Several where it depends on whether there is work left to do. */
  readonly status?: AnswerStatus | readonly AnswerStatus[]
  /** Largest body, for example `10mb`. Without it, Medusa's 100 kB. */
  readonly bodyLimit?: `${number}mb`
}

/** Says what a route is; only so that a mistake is found where it was made. */
export const defineHubRoutes = <const Routes extends readonly HubRoute[]>(routes: Routes): Routes => routes
