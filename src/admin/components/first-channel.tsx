import { Channels } from "@medusajs/icons"
import { Button, Code, Container, Heading, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { setupLink } from "../lib/setup-link"
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
          {texts.connections.empty.text}
        </Text>
      </div>
      <Button size="small" asChild>
        <Link to={setupLink()}>{texts.connections.create}</Link>
      </Button>
      <Text size="small" className="text-ui-fg-subtle max-w-md text-pretty">
        {texts.empty.trial} <Code>npx hub simulator</Code>
      </Text>
    </Container>
  )
}
