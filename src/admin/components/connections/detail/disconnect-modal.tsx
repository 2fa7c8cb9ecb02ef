import { Button, Drawer, RadioGroup, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { ActionButton } from "../../action-button"
import type { HubConnectionDetail } from "../../../../types"
import { useDisconnect } from "../../../hooks/use-connections"
import { useTexts } from "../../../texts"
import { FailureNote } from "../failure-note"

interface DisconnectModalProps {
  readonly connection: HubConnectionDetail
  readonly onClose: () => void
}

/** Asks what is to become of the channel's numbers, and says how many there are. */
export function DisconnectModal({ connection, onClose }: DisconnectModalProps) {
  const { connections: texts } = useTexts()
  const { detail } = texts
  const [quantities, setQuantities] = useState<"leave" | "zero">("leave")
  const disconnect = useDisconnect(connection.id)
  const prefix = useId()
  const { linked, shown_above_zero: above } = connection.counts
  const choices = [
    ["leave", detail.leave, detail.leaveHint],
    ["zero", detail.zero, detail.zeroHint(above)],
  ] as const
  return (
    <Drawer open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{detail.disconnectTitle(connection.name)}</Drawer.Title>
          <Drawer.Description>{detail.disconnectText(linked, above)}</Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
          <RadioGroup
            value={quantities}
            onValueChange={(value) => setQuantities(value === "zero" ? "zero" : "leave")}
            aria-label={detail.disconnect}
          >
            {choices.map(([value, label, hint]) => (
              <label
                key={value}
                htmlFor={`${prefix}-${value}`}
                className="shadow-elevation-card-rest flex cursor-pointer items-start gap-x-3 rounded-lg px-4 py-3"
              >
                <RadioGroup.Item id={`${prefix}-${value}`} value={value} aria-label={label} />
                <span>
                  <Text size="small" weight="plus" as="span" className="block">
                    {label}
                  </Text>
                  <Text size="small" as="span" className="text-ui-fg-subtle block">
                    {hint}
                  </Text>
                </span>
              </label>
            ))}
          </RadioGroup>
          <FailureNote error={disconnect.error} />
        </Drawer.Body>
        <Drawer.Footer>
          <Button size="small" variant="secondary" onClick={onClose}>
            {texts.cancel}
          </Button>
          <ActionButton
            action="configure"
            variant="danger"
            isLoading={disconnect.isPending}
            onClick={() => disconnect.mutate(quantities, { onSuccess: onClose })}
          >
            {detail.disconnect}
          </ActionButton>
        </Drawer.Footer>
      </Drawer.Content>
    </Drawer>
  )
}
