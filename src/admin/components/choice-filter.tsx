import { Label, Select } from "@medusajs/ui"
import { useId } from "react"

const ALL = "all"

export interface Choice<Value extends string> {
  readonly value: Value
  readonly text: string
}

interface ChoiceFilterProps<Value extends string> {
  readonly label: string
  readonly allText: string
  readonly choices: readonly Choice<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value | null) => void
}

/** One of some values, or all of them. */
export function ChoiceFilter<Value extends string>(props: ChoiceFilterProps<Value>) {
  const { label, allText, choices, value, onChange } = props
  const id = useId()
  return (
    <div className="flex flex-col gap-y-1 sm:w-52">
      <Label htmlFor={id} size="xsmall" className="text-ui-fg-subtle">
        {label}
      </Label>
      <Select
        size="small"
        value={value ?? ALL}
        onValueChange={(chosen) => onChange(choices.find((choice) => choice.value === chosen)?.value ?? null)}
      >
        <Select.Trigger id={id}>
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          <Select.Item value={ALL}>{allText}</Select.Item>
          {choices.map((choice) => (
            <Select.Item key={choice.value} value={choice.value}>
              {choice.text}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  )
}
