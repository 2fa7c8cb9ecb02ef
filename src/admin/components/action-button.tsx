import { Button, Tooltip } from "@medusajs/ui"
import { Children, type ComponentProps, type ReactNode } from "react"
import type { HubAction } from "../../types"
import { useAccess } from "../hooks/use-access"

interface ActionButtonProps extends Omit<ComponentProps<typeof Button>, "size"> {
  /** The action of the route that it calls. */
  readonly action: HubAction
}

const textOf = (children: ReactNode): string =>
  Children.toArray(children)
    .filter((child) => typeof child === "string")
    .join(" ")

/** A button that is there but does nothing for those who may not use it, and says why. It stays reachable by keyboard. */
export function ActionButton({ action, onClick, children, ...props }: ActionButtonProps) {
  const reason = useAccess().reason(action)
  if (reason === null) {
    return (
      <Button size="small" variant="secondary" onClick={onClick} {...props}>
        {children}
      </Button>
    )
  }
  return (
    <Tooltip content={reason}>
      <Button
        size="small"
        variant="secondary"
        {...props}
        type="button"
        aria-disabled
        aria-label={`${textOf(children)}. ${reason}`}
        className="text-ui-fg-disabled cursor-not-allowed"
      >
        {children}
      </Button>
    </Tooltip>
  )
}
