import { Channels } from "@medusajs/icons"
import { Code, Container, Heading, Text } from "@medusajs/ui"
import { useTexts } from "../texts"

/** Shown while there is no channel at all. */
export const FirstChannel = () => {
  const texts = useTexts()
  return (
    <Container className="flex flex-col items-center gap-y-4 px-6 py-16 text-center">
      <Channels aria-hidden className="text-ui-fg-subtle" />
      <div className="flex max-w-md flex-col gap-y-1">
        <Heading level="h2">{texts.empty.title}</Heading>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {texts.empty.text}
        </Text>
      </div>
      <ol className="flex max-w-full flex-col items-center gap-y-2">
        {texts.empty.steps.map((step) => (
          <li key={step} className="max-w-full">
            <Code className="break-words">{step}</Code>
          </li>
        ))}
      </ol>
      <Text size="small" className="text-ui-fg-subtle">
        {texts.empty.after}
      </Text>
    </Container>
  )
}
