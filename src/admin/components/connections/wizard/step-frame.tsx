import { Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"

interface StepFrameProps {
  readonly title: string
  readonly hint: string
  readonly children: ReactNode
}

/** One step of the set-up: what it asks, and why. */
export const StepFrame = ({ title, hint, children }: StepFrameProps) => (
  <div className="mx-auto flex w-full max-w-3xl flex-col gap-y-6 px-6 py-8">
    <div>
      <Heading level="h2">{title}</Heading>
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {hint}
      </Text>
    </div>
    {children}
  </div>
)

interface StepButtonsProps {
  readonly children: ReactNode
}

export const StepButtons = ({ children }: StepButtonsProps) => (
  <div className="flex flex-wrap items-center justify-end gap-2">{children}</div>
)
