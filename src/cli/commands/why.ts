import { loadWhy } from "../../engine/queries/load-why"
import { HubError } from "../../lib/errors"
import type { HubWhy } from "../../types/http/hub"
import { EXIT, type Command } from "../command"

const number = (value: number | null): string => (value === null ? "unknown" : String(value))

function render(why: HubWhy, at: string | null): string {
  const place = why.external_location_id === "*" ? "" : ` at ${why.external_location_id}`
  const head = `${why.connection_name}${place} · ${why.external_sku ?? why.title} · should show ${number(why.desired)}, accepted ${number(why.acked)} · ${why.state}${why.state_reason ? ` (${why.state_reason})` : ""}`
  if (!why.explanation) {
    return `${head}\n  ${at ? `Nothing had been sent at ${at}, or it is no longer kept.` : "Nothing has been sent yet."}`
  }
  const { explanation } = why
  const steps = explanation.steps.map((step) => `  ${step.text}`)
  const proof = explanation.is_verified
    ? `  = ${explanation.quantity}, recomputed from what was stored`
    : `  ! recomputing from what was stored does NOT give ${explanation.quantity}: please report it`
  return [
    head,
    ...(at ? [`  At ${at} the channel had been given ${explanation.quantity}:`] : []),
    ...steps,
    proof,
    `  sent ${explanation.computed_at}, ${explanation.outcome ?? "on its way"} (${explanation.id})`,
  ].join("\n")
}

const isProven = ({ explanation }: HubWhy): boolean => explanation === null || explanation.is_verified

/** `2026-11-21`, `2026-11-21T13:40`, with or without a zone; without one it is UTC, like every time that the hub prints. */
function toMoment(text: string): string {
  const moment = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`)
  if (Number.isNaN(moment.getTime())) {
    throw new HubError({
      kind: "invalid-data",
      message: `--at takes a time like 2026-11-21T13:40 (UTC) or 2026-11-21T14:40+01:00, not "${text}".`,
    })
  }
  return moment.toISOString()
}

/** `hub why SKU`: how the number came about that each channel was given last, or had at a moment of the past. */
export const why: Command = {
  name: "why",
  usage: "SKU [CONNECTION] [--at TIME] [--json]",
  summary: "why a channel shows the number it shows, or showed at a time",
  details:
    "Every number is computed anew from what was stored about it. If one does not come out the same, it says so and the exit code is 1.",
  flags: { at: { type: "string", value: "TIME", help: "the moment to explain, for example 2026-11-21T13:40 (UTC)" } },
  arguments: [1, 2],
  hasJson: true,
  run: async ({ sql, args: [sku = "", connection], flags, json, print }) => {
    const at = typeof flags.at === "string" ? toMoment(flags.at) : null
    const found = await loadWhy(sql, { sku, ...(connection ? { connection } : {}), ...(at ? { at } : {}) })
    if (found.length === 0) {
      throw new HubError({
        kind: "not-found",
        message: `No linked listing has the SKU "${sku}"${connection ? ` on ${connection}` : ""}. SKUs compare exactly, also in case.`,
      })
    }
    print(json ? JSON.stringify(found, null, 2) : found.map((one) => render(one, at)).join("\n\n"))
    return found.every(isProven) ? EXIT.ok : EXIT.problem
  },
}
