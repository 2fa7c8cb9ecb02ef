import { Prompt } from "@medusajs/ui"
import type { ReactNode } from "react"

interface ConfirmProps {
  readonly title: string
  readonly text: string
  readonly confirm: string
  readonly cancel: string
  readonly onConfirm: () => void
  /** The button that asks. */
  readonly children: ReactNode
}

/** Asks before something that cannot be taken back by the next click. */
export const Confirm = ({ title, text, confirm, cancel, onConfirm, children }: ConfirmProps) => (
  <Prompt variant="confirmation">
    <Prompt.Trigger asChild>{children}</Prompt.Trigger>
    <Prompt.Content>
      <Prompt.Header>
        <Prompt.Title>{title}</Prompt.Title>
        <Prompt.Description>{text}</Prompt.Description>
      </Prompt.Header>
      <Prompt.Footer>
        <Prompt.Cancel>{cancel}</Prompt.Cancel>
        <Prompt.Action onClick={onConfirm}>{confirm}</Prompt.Action>
      </Prompt.Footer>
    </Prompt.Content>
  </Prompt>
)
