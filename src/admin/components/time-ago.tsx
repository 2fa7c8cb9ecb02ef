import { useNow } from "../hooks/use-now"
import { formatAbsolute, formatAge, secondsSince } from "../lib/format"
import { useTexts } from "../texts"

interface TimeAgoProps {
  /** ISO 8601. */
  readonly at: string
  /** "12 s" instead of "12 s ago". */
  readonly isAge?: boolean
}

/** How long ago; the exact time in the reader's zone on hover. */
export function TimeAgo({ at, isAge = false }: TimeAgoProps) {
  const texts = useTexts()
  const seconds = secondsSince(at, useNow())
  const age = seconds === null ? at : formatAge(seconds)
  return (
    <time dateTime={at} title={formatAbsolute(at)} className="whitespace-nowrap tabular-nums">
      {isAge || seconds === null ? age : texts.ago(age)}
    </time>
  )
}
