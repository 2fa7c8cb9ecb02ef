import { CheckCircleSolid, CircleMinusSolid, ClockSolid } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import type { HubParcelSummary, ParcelState } from "../../../types"
import { useTexts } from "../../texts"
import { StateBadge, type Look } from "../state-badge"
import { TimeAgo } from "../time-ago"

const LOOKS: Readonly<Record<ParcelState, Look>> = {
  waiting: { color: "blue", Icon: ClockSolid },
  confirmed: { color: "green", Icon: CheckCircleSolid },
  skipped: { color: "grey", Icon: CircleMinusSolid },
}

function Parcel({ parcel }: { readonly parcel: HubParcelSummary }) {
  const texts = useTexts().orders.parcels
  const number = parcel.tracking_numbers.join(", ") || texts.noNumber
  return (
    <li className="flex flex-col gap-y-1">
      <span className="flex flex-wrap items-center justify-between gap-x-2">
        <span className="txt-compact-small break-all">
          {[parcel.carrier, number].filter((part) => part !== null).join(" ")}
        </span>
        <StateBadge look={LOOKS[parcel.state]} text={texts.state[parcel.state]} />
      </span>
      <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
        {texts.units(parcel.units)}
        {parcel.confirmed_at !== null && (
          <>
            {" · "}
            <TimeAgo at={parcel.confirmed_at} />
          </>
        )}
      </Text>
      {parcel.state === "waiting" && parcel.error !== null && (
        <Text size="xsmall" leading="compact" className="text-ui-fg-error break-words">
          {parcel.error} ({texts.again(parcel.attempts)})
        </Text>
      )}
    </li>
  )
}

/** The parcels of an order, and whether its channel knows of them. */
export function ParcelList({ parcels }: { readonly parcels: readonly HubParcelSummary[] }) {
  const texts = useTexts().orders.parcels
  return parcels.length === 0 ? (
    <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
      {texts.none}
    </Text>
  ) : (
    <ul className="flex flex-col gap-y-3">
      {parcels.map((parcel) => (
        <Parcel key={parcel.id} parcel={parcel} />
      ))}
    </ul>
  )
}
