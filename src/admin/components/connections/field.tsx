import { Hint, Label } from "@medusajs/ui"
import { useId, type ReactNode } from "react"

interface FieldProps {
  readonly label: string
  readonly hint?: string | null
  readonly isOptional?: string | null
  /** Gets the ids that tie the control to its label and hint. */
  readonly children: (ids: { readonly id: string; readonly "aria-describedby": string }) => ReactNode
}

/** A control with its label and what it means. */
export function Field({ label, hint, isOptional, children }: FieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
        {isOptional ? <span className="text-ui-fg-subtle ms-1 font-normal">({isOptional})</span> : null}
      </Label>
      {children({ id, "aria-describedby": `${id}-hint` })}
      <Hint id={`${id}-hint`} className="text-ui-fg-subtle">
        {hint ?? ""}
      </Hint>
    </div>
  )
}
