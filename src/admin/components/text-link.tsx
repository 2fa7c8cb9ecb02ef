import { clx } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"

interface TextLinkProps {
  readonly to: string
  readonly children: ReactNode
  /** What it leads to, when the children alone do not say it. */
  readonly label?: string
  readonly className?: string
}

/** A link within text, that looks like one without colour. */
export const TextLink = ({ to, children, label, className }: TextLinkProps) => (
  <Link
    to={to}
    aria-label={label}
    className={clx(
      "hover:text-ui-fg-interactive decoration-ui-fg-muted focus-visible:shadow-borders-focus rounded-md outline-none",
      "underline decoration-dotted underline-offset-4",
      className
    )}
  >
    {children}
  </Link>
)
