import { Button, clx, Heading, Input, Label, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import type { HubPastNumber } from "../../../types"
import { usePastNumbers } from "../../hooks/mapping/use-mapping-queries"
import { formatAbsolute, formatCount } from "../../lib/format"
import { useTexts } from "../../texts"
import { TimeAgo } from "../time-ago"

/** Which number is explained: the newest, one of the past, or the one in force at a moment. */
export type Moment =
  | { readonly kind: "now" }
  | { readonly kind: "number"; readonly id: string; readonly at: string }
  | { readonly kind: "at"; readonly at: string }

function Causes({ number }: { readonly number: HubPastNumber }) {
  const texts = useTexts()
  const { past } = texts.mapping
  if (number.causes === null || number.causes.length === 0) {
    return (
      <Text size="xsmall" className="text-ui-fg-subtle">
        {number.causes === null ? past.first : past.same}
      </Text>
    )
  }
  return (
    <ul className="txt-compact-xsmall flex flex-col gap-y-1">
      {number.causes.map((cause, index) => (
        <li key={`${index}:${cause.code}`} className="break-words">
          {past.cause(cause)}
          <span className="text-ui-fg-subtle"> – {past.culprit(cause)}</span>
        </li>
      ))}
    </ul>
  )
}

interface PastNumberProps {
  readonly number: HubPastNumber
  readonly isShown: boolean
  readonly onShow: () => void
}

function PastNumber({ number, isShown, onShow }: PastNumberProps) {
  const texts = useTexts()
  return (
    <li
      aria-current={isShown ? "true" : undefined}
      className={clx("grid grid-cols-[3.5rem_1fr] gap-x-3 px-3 py-2", { "bg-ui-bg-highlight": isShown })}
    >
      <button
        type="button"
        onClick={onShow}
        aria-label={texts.mapping.past.show(formatCount(number.quantity), formatAbsolute(number.computed_at))}
        className="txt-compact-large-plus decoration-ui-fg-muted focus-visible:shadow-borders-focus self-start rounded-md text-end tabular-nums underline decoration-dotted underline-offset-4 outline-none"
      >
        {formatCount(number.quantity)}
      </button>
      <div className="flex min-w-0 flex-col gap-y-1">
        <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
          <TimeAgo at={number.computed_at} /> · {texts.why.outcome(number.outcome)}
        </Text>
        <Causes number={number} />
      </div>
    </li>
  )
}

function MomentForm({ onGo }: { readonly onGo: (at: string) => void }) {
  const texts = useTexts()
  const id = useId()
  const [local, setLocal] = useState("")
  const at = new Date(local)
  const isValid = !Number.isNaN(at.getTime())
  return (
    <form
      className="flex items-end gap-x-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isValid) {
          onGo(at.toISOString())
        }
      }}
    >
      <div className="flex flex-col gap-y-1">
        <Label htmlFor={id} size="xsmall" className="text-ui-fg-subtle">
          {texts.mapping.past.at}
        </Label>
        <Input
          id={id}
          type="datetime-local"
          step={1}
          size="small"
          value={local}
          onChange={(event) => setLocal(event.target.value)}
        />
      </div>
      <Button type="submit" size="small" variant="secondary" disabled={!isValid}>
        {texts.mapping.past.go}
      </Button>
    </form>
  )
}

interface PastNumbersProps {
  readonly listingId: string
  readonly externalLocationId: string
  readonly moment: Moment
  readonly onMoment: (moment: Moment) => void
}

/** The numbers that a listing was given, what made each of them another one, and who did. */
export function PastNumbers({ listingId, externalLocationId, moment, onMoment }: PastNumbersProps) {
  const texts = useTexts()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = usePastNumbers(listingId, externalLocationId)
  const numbers = data?.pages.flatMap((page) => page.numbers) ?? []
  return (
    <section className="flex flex-col gap-y-3">
      <Heading level="h3">{texts.mapping.past.heading}</Heading>
      <MomentForm onGo={(at) => onMoment({ kind: "at", at })} />
      {data !== undefined && numbers.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle">
          {texts.mapping.past.none}
        </Text>
      ) : (
        <ol className="border-ui-border-base divide-y overflow-hidden rounded-lg border">
          {numbers.map((number) => (
            <PastNumber
              key={number.id}
              number={number}
              isShown={moment.kind === "number" && moment.id === number.id}
              onShow={() => onMoment({ kind: "number", id: number.id, at: number.computed_at })}
            />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button
          size="small"
          variant="secondary"
          className="w-fit"
          isLoading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {texts.mapping.past.more}
        </Button>
      )}
    </section>
  )
}
