import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type { HubConnectionDetail } from "../../../../types"
import { useUpdateConnection } from "../../../hooks/use-connections"
import { formatCount } from "../../../lib/format"
import { listingsLink } from "../../../lib/listings-link"
import { useTexts } from "../../../texts"
import { FailureNote } from "../failure-note"
import { StepButtons, StepFrame } from "./step-frame"

interface MappingStepProps {
  readonly connection: HubConnectionDetail
  readonly onDone: () => void
}

interface CountProps {
  readonly to: string
  readonly count: number
  readonly label: string
}

const Count = ({ to, count, label }: CountProps) => (
  <Link
    to={to}
    className="shadow-elevation-card-rest hover:bg-ui-bg-subtle focus-visible:shadow-borders-focus rounded-lg px-4 py-3 outline-none"
  >
    <div className="h1-core tabular-nums">{formatCount(count)}</div>
    <div className="txt-small text-ui-fg-subtle">{label}</div>
  </Link>
)

export function MappingStep({ connection, onDone }: MappingStepProps) {
  const texts = useTexts()
  const { wizard } = texts.connections
  const update = useUpdateConnection(connection.id)
  const { linked, unlinked, ignored } = connection.counts
  const goOn = (): void => {
    if (connection.setup_step === "mapping") {
      update.mutate({ setup_step: "rule" }, { onSuccess: onDone })
    } else {
      onDone()
    }
  }
  return (
    <StepFrame title={wizard.mapping} hint={wizard.mappingHint}>
      <div className="grid gap-3 sm:grid-cols-3">
        <Count to={listingsLink(connection.id, "linked")} count={linked} label={wizard.linked} />
        <Count to={listingsLink(connection.id, "unlinked")} count={unlinked} label={wizard.unlinked} />
        <Count to={listingsLink(connection.id, "ignored")} count={ignored} label={wizard.ignored} />
      </div>
      <FailureNote error={update.error} />
      <StepButtons>
        <Button size="small" variant="secondary" asChild>
          <Link to={listingsLink(connection.id, null)}>{wizard.openMapping}</Link>
        </Button>
        <Button size="small" isLoading={update.isPending} onClick={goOn}>
          {texts.connections.next}
        </Button>
      </StepButtons>
    </StepFrame>
  )
}
