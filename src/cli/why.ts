import { loadWhy } from "../engine/queries/load-why"
import type { Sql } from "../engine/sql"
import { HubError } from "../lib/errors"
import type { HubWhy } from "../types/http/hub"

const number = (value: number | null): string => (value === null ? "unknown" : String(value))

function render(why: HubWhy): string {
  const place = why.external_location_id === "*" ? "" : ` at ${why.external_location_id}`
  const head = `${why.connection_name}${place} · ${why.external_sku ?? why.title} · should show ${number(why.desired)}, accepted ${number(why.acked)} · ${why.state}${why.state_reason ? ` (${why.state_reason})` : ""}`
  if (!why.explanation) {
    return `${head}\n  Nothing has been sent yet.`
  }
  const { explanation } = why
  const steps = explanation.steps.map((step) => `  ${step.text}`)
  const proof = explanation.is_verified
    ? `  = ${explanation.quantity}, recomputed from what was stored`
    : `  ! recomputing from what was stored does NOT give ${explanation.quantity}: please report it`
  return [
    head,
    ...steps,
    proof,
    `  sent ${explanation.computed_at}, ${explanation.outcome ?? "on its way"} (${explanation.id})`,
  ].join("\n")
}

/** `hub why SKU [CONNECTION]`: how the number came about that each channel was given last. */
export async function why(sql: Sql, args: readonly string[], isJson: boolean): Promise<string> {
  const [sku, connection, ...rest] = args
  if (!sku || rest.length > 0) {
    throw new HubError({ kind: "invalid-data", message: "Usage: hub why SKU [CONNECTION]" })
  }
  const found = await loadWhy(sql, { sku, ...(connection ? { connection } : {}) })
  if (found.length === 0) {
    throw new HubError({
      kind: "not-found",
      message: `No linked listing has the SKU "${sku}"${connection ? ` on ${connection}` : ""}. SKUs compare exactly, also in case.`,
    })
  }
  return isJson ? JSON.stringify(found, null, 2) : found.map(render).join("\n\n")
}
