import { Input } from "@medusajs/ui"
import { useState } from "react"
import { ActionButton } from "../../action-button"
import type { HubConnectionDetail } from "../../../../types"
import { useUpdateConnection } from "../../../hooks/use-connections"
import { useTexts } from "../../../texts"
import { FailureNote } from "../failure-note"
import { Field } from "../field"
import { StepButtons, StepFrame } from "./step-frame"

interface RuleStepProps {
  readonly connection: HubConnectionDetail
  readonly onDone: () => void
}

const RULES = ["buffer", "minimum", "cap"] as const

const asText = (value: unknown): string => (typeof value === "number" ? String(value) : "")

export function RuleStep({ connection, onDone }: RuleStepProps) {
  const texts = useTexts()
  const { wizard } = texts.connections
  const update = useUpdateConnection(connection.id)
  const [rule, setRule] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(RULES.map((name) => [name, asText(connection.quantity_rule[name])]))
  )
  const words = {
    buffer: [wizard.buffer, wizard.bufferHint],
    minimum: [wizard.minimum, wizard.minimumHint],
    cap: [wizard.cap, wizard.capHint],
  } as const
  const save = (): void => {
    const { buffer: _buffer, minimum: _minimum, cap: _cap, ...others } = connection.quantity_rule
    const own = Object.fromEntries(RULES.flatMap((name) => (rule[name] ? [[name, Number(rule[name])]] : [])))
    update.mutate(
      {
        quantity_rule: { ...others, ...own },
        ...(connection.setup_step === "rule" ? { setup_step: "preview" } : {}),
      },
      { onSuccess: onDone }
    )
  }
  return (
    <StepFrame title={wizard.rule} hint={wizard.ruleHint}>
      <form
        className="flex flex-col gap-y-6"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div className="grid gap-4 sm:grid-cols-3">
          {RULES.map((name) => (
            <Field key={name} label={words[name][0]} hint={words[name][1]}>
              {(ids) => (
                <Input
                  {...ids}
                  size="small"
                  type="number"
                  min={0}
                  step={1}
                  placeholder={name === "cap" ? "" : "0"}
                  value={rule[name] ?? ""}
                  onChange={(event) => setRule({ ...rule, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
        <FailureNote error={update.error} />
        <StepButtons>
          <ActionButton action="configure" variant="primary" type="submit" isLoading={update.isPending}>
            {texts.connections.next}
          </ActionButton>
        </StepButtons>
      </form>
    </StepFrame>
  )
}
