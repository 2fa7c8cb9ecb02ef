import { ExclamationCircle } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { describeError } from "../lib/describe-error"
import { useTexts } from "../texts"

interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry: () => void
  readonly isRetrying: boolean
}

/** What went wrong, what to do about it, and the words of the machine. */
export function ErrorState({ error, onRetry, isRetrying }: ErrorStateProps) {
  const texts = useTexts()
  const { title, whatToDo, raw } = describeError(error, texts)
  return (
    <div role="alert" className="flex flex-col items-center gap-y-4 px-6 py-12 text-center">
      <ExclamationCircle aria-hidden className="text-ui-fg-subtle" />
      <div className="flex max-w-md flex-col gap-y-1">
        <Text size="small" weight="plus" leading="compact">
          {title}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {whatToDo}
        </Text>
        <Text size="xsmall" family="mono" className="text-ui-fg-subtle break-words">
          {raw}
        </Text>
      </div>
      <Button size="small" variant="secondary" onClick={onRetry} isLoading={isRetrying}>
        {texts.errors.retry}
      </Button>
    </div>
  )
}
