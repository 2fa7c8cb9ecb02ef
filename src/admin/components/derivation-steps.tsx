import { clx, Text } from "@medusajs/ui"
import type { HubExplanationStep } from "../../types"
import { formatCount } from "../lib/format"
import { tellStep } from "../lib/tell-step"
import { useTexts } from "../texts"

/** One line per step, its result at the end; the last result is the number that was sent. */
export function DerivationSteps({ steps }: { readonly steps: readonly HubExplanationStep[] }) {
  const texts = useTexts()
  if (steps.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        {texts.why.noSteps}
      </Text>
    )
  }
  return (
    <ol className="border-ui-border-base bg-ui-bg-subtle divide-ui-border-base divide-y rounded-lg border">
      {steps.map((step, index) => (
        <li
          key={`${index}:${step.code}`}
          className={clx("txt-small flex items-baseline justify-between gap-x-4 px-3 py-2", {
            "txt-small-plus text-ui-fg-base": index === steps.length - 1,
            "text-ui-fg-subtle": index < steps.length - 1,
          })}
        >
          <span className="min-w-0 break-words">{tellStep(step, texts.steps)}</span>
          <span className="shrink-0 tabular-nums">{step.value === null ? "" : formatCount(step.value)}</span>
        </li>
      ))}
    </ol>
  )
}
