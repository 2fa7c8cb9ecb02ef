import { Text } from "@medusajs/ui"

/** JSON as a person reads it; anything else as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** The words of a machine. Scrolls by itself, and can be reached by keyboard to do so. */
export const Raw = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <section className="flex min-w-0 flex-col gap-y-1">
    <Text size="small" weight="plus">
      {title}
    </Text>
    <pre
      tabIndex={0}
      role="region"
      aria-label={title}
      className="bg-ui-bg-subtle txt-compact-xsmall focus-visible:shadow-borders-focus max-h-72 overflow-auto whitespace-pre-wrap break-words rounded-lg p-3 font-mono outline-none"
    >
      {pretty(text)}
    </pre>
  </section>
)
