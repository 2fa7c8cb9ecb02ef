import { Checkbox, Hint, Label } from "@medusajs/ui"
import { useId } from "react"
import type { ConnectionOperation } from "../../../types"
import { useTexts } from "../../texts"

/** In the order in which a person thinks of them. The texts have exactly these. */
const OPERATIONS = ["read-listings", "read-stock", "write-stock", "read-orders", "write-parcels", "webhooks"] as const

interface OperationsFormProps {
  readonly allowed: readonly ConnectionOperation[]
  readonly onChange: (allowed: readonly ConnectionOperation[]) => void
  readonly isLocked: boolean
}

/** What a connection may do: each operation is one tick, and nothing is ticked by itself. */
export function OperationsForm({ allowed, onChange, isLocked }: OperationsFormProps) {
  const { connections: texts } = useTexts()
  const prefix = useId()
  return (
    <div className="flex flex-col gap-y-3">
      {OPERATIONS.map((operation) => {
        const [name, hint] = texts.operations[operation]
        const id = `${prefix}-${operation}`
        const isAllowed = allowed.includes(operation)
        return (
          <div key={operation} className="flex items-start gap-x-3">
            <Checkbox
              id={id}
              aria-describedby={`${id}-hint`}
              checked={isAllowed}
              disabled={isLocked}
              onCheckedChange={() =>
                onChange(isAllowed ? allowed.filter((other) => other !== operation) : [...allowed, operation])
              }
            />
            <div className="flex flex-col">
              <Label htmlFor={id} size="small" weight="plus">
                {name}
              </Label>
              <Hint id={`${id}-hint`}>{hint}</Hint>
            </div>
          </div>
        )
      })}
    </div>
  )
}
