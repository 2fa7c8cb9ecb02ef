import { Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"

interface PageHeaderProps {
  readonly title: string
  readonly about: string
  readonly children?: ReactNode
}

export const PageHeader = ({ title, about, children }: PageHeaderProps) => (
  <div className="flex flex-col gap-y-4 px-6 py-4">
    <div className="flex flex-col gap-y-1">
      <Heading level="h1">{title}</Heading>
      <Text size="small" className="text-ui-fg-subtle max-w-prose text-pretty">
        {about}
      </Text>
    </div>
    {children}
  </div>
)
