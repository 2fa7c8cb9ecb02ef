import { Container, Heading, Text } from "@medusajs/ui"
import type { HubOverviewResponse } from "../../types"
import { useNow } from "../hooks/use-now"
import { useSettled } from "../hooks/use-settled"
import { formatAge } from "../lib/format"
import { useTexts } from "../texts"
import { calmSentence, sentenceOfTruth, truthOf } from "../lib/truth"

/** Numbers flicker while goods sell; a screen reader hears what has been so for this long. */
const CALM_MS = 5_000

function StaleNotice({ updatedAt }: { readonly updatedAt: number }) {
  const texts = useTexts()
  return (
    <Text size="small" className="text-ui-tag-red-text tabular-nums">
      <span role="alert">{texts.truth.noAnswer}</span> {texts.truth.stale(formatAge((useNow() - updatedAt) / 1_000))}
    </Text>
  )
}

interface TruthHeaderProps {
  readonly overview: HubOverviewResponse
  /** When the server last answered, in milliseconds. */
  readonly updatedAt: number
  readonly isStale: boolean
}

export function TruthHeader({ overview, updatedAt, isStale }: TruthHeaderProps) {
  const texts = useTexts()
  const truth = truthOf(overview)
  const calm = useSettled(calmSentence(truth, texts), CALM_MS)
  return (
    <Container className="flex flex-col gap-y-1 px-6 py-4">
      <Heading level="h1">{texts.page.title}</Heading>
      {truth.channelCount > 0 && (
        <Text className="text-ui-fg-subtle tabular-nums">{sentenceOfTruth(truth, texts)}</Text>
      )}
      <span aria-live="polite" className="sr-only">
        {truth.channelCount > 0 ? calm : ""}
      </span>
      {isStale && <StaleNotice updatedAt={updatedAt} />}
    </Container>
  )
}
