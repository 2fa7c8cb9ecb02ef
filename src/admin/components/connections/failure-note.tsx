import { Alert } from "@medusajs/ui"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"

interface FailureNoteProps {
  /** What was thrown; nothing is shown for null. */
  readonly error: unknown
  /** What was not done. */
  readonly title?: string
}

/** Why something was refused, in the words of the server. Stays until the next try. */
export function FailureNote({ error, title }: FailureNoteProps) {
  const everything = useTexts()
  const texts = everything.connections
  if (error === null || error === undefined) {
    return null
  }
  return (
    <Alert variant="error" role="alert">
      <span className="txt-compact-small-plus block">{title ?? texts.refused}</span>
      <span className="break-words">{describeError(error, everything).raw}</span>
    </Alert>
  )
}
