import { CheckCircleSolid, ExclamationCircleSolid } from "@medusajs/icons"
import { clx, Heading, Text } from "@medusajs/ui"
import type { HubWhy } from "../../types"
import { formatCount, formatDuration, secondsSince } from "../lib/format"
import { useTexts } from "../texts"
import { DerivationSteps } from "./derivation-steps"
import { TimeAgo } from "./time-ago"

function Numbers({ why }: { readonly why: HubWhy }) {
  const texts = useTexts()
  const numbers = [
    [texts.why.shouldShow, why.desired],
    [texts.why.accepted, why.acked],
    ...(why.observed === null ? [] : ([[texts.why.observed, why.observed]] as const)),
  ] as const
  return (
    <dl className="grid grid-cols-3 gap-x-4">
      {numbers.map(([label, quantity]) => (
        <div key={label}>
          <dt className="txt-compact-xsmall text-ui-fg-subtle">{label}</dt>
          <dd className={clx("txt-compact-large-plus tabular-nums", { "text-ui-fg-subtle": quantity === null })}>
            {quantity === null ? texts.listing.unknownNumber : formatCount(quantity)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Verdict({ isVerified }: { readonly isVerified: boolean }) {
  const texts = useTexts()
  const Icon = isVerified ? CheckCircleSolid : ExclamationCircleSolid
  return (
    <div className="flex items-start gap-x-2">
      <Icon
        aria-hidden
        className={clx("mt-0.5 shrink-0", isVerified ? "text-ui-tag-green-icon" : "text-ui-tag-red-icon")}
      />
      <div>
        <Text size="small" weight="plus" leading="compact">
          {isVerified ? texts.why.verified : texts.why.notVerified}
        </Text>
        <Text size="xsmall" className="text-ui-fg-subtle">
          {isVerified ? texts.why.verifiedHint : texts.why.notVerifiedHint}
        </Text>
      </div>
    </div>
  )
}

type Explanation = NonNullable<HubWhy["explanation"]>

/** How long the channel showed the old number; null while it is open, or when a time cannot be read. */
function delayOf({ caused_at: caused, settled_at: settled }: Explanation): string | null {
  const seconds = settled === null ? null : secondsSince(caused, Date.parse(settled))
  return seconds === null || Number.isNaN(seconds) ? null : formatDuration(seconds * 1_000)
}

function Times({ explanation }: { readonly explanation: Explanation }) {
  const texts = useTexts()
  const times = [
    [texts.why.caused, explanation.caused_at],
    [texts.why.computed, explanation.computed_at],
    [texts.why.settled, explanation.settled_at],
  ] as const
  const delay = delayOf(explanation)
  return (
    <dl className="txt-small grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {times.map(([label, at]) => (
        <div key={label} className="contents">
          <dt className="text-ui-fg-subtle">{label}</dt>
          <dd className="tabular-nums">
            {at === null ? texts.why.outcome(null) : <TimeAgo at={at} />}
            {label === texts.why.settled && delay !== null && texts.why.after(delay)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface ExplainedProps {
  readonly why: HubWhy
  readonly explanation: Explanation
  readonly isPast: boolean
}

function Explained({ why, explanation, isPast }: ExplainedProps) {
  const texts = useTexts()
  const isNewest = isPast || why.desired === null || why.desired === explanation.quantity
  return (
    <>
      <section className="flex flex-col gap-y-3">
        <Heading level="h3">{texts.why.steps}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {isNewest ? texts.why.sent(explanation.quantity) : texts.why.lastSent(explanation.quantity)}
        </Text>
        <DerivationSteps steps={explanation.steps} />
      </section>
      <section className="flex flex-col gap-y-3">
        <Heading level="h3">{texts.why.outcome(explanation.outcome)}</Heading>
        <Times explanation={explanation} />
        <Verdict isVerified={explanation.is_verified} />
      </section>
    </>
  )
}

/** Where a number comes from, what the channel said to it, and whether the derivation holds. */
export function Derivation({ why, isPast = false }: { readonly why: HubWhy; readonly isPast?: boolean }) {
  const texts = useTexts()
  return (
    <div className="flex flex-col gap-y-6">
      {!isPast && <Numbers why={why} />}
      {why.explanation === null ? (
        <Text size="small" className="text-ui-fg-subtle">
          {texts.why.nothingSent}
        </Text>
      ) : (
        <Explained why={why} explanation={why.explanation} isPast={isPast} />
      )}
    </div>
  )
}
