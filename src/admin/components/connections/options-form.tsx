import { Input, Switch } from "@medusajs/ui"
import type { HubConnectorOption, HubLockedSetting } from "../../../types"
import { useTexts } from "../../texts"
import { Field } from "./field"

export type OptionDraft = Readonly<Record<string, string | boolean>>

interface OptionsFormProps {
  readonly options: readonly HubConnectorOption[]
  readonly draft: OptionDraft
  readonly onChange: (draft: OptionDraft) => void
  readonly locked: Readonly<Record<string, HubLockedSetting>>
  /** Names of secrets that are stored already: they may be left empty. */
  readonly stored: readonly string[]
}

/** What a form begins with: the settings as they hold, then the defaults. */
export const toDraft = (
  options: readonly HubConnectorOption[],
  settings: Readonly<Record<string, unknown>>
): OptionDraft =>
  Object.fromEntries(
    options.map(({ name, type, default: fallback }) => {
      const value = settings[name] ?? fallback
      return [name, type === "boolean" ? value === true : typeof value === "string" || typeof value === "number" ? String(value) : ""]
    })
  )

/** What is sent: nothing that is locked, and no secret that was left empty because it is stored. */
export function fromDraft(
  { options, draft, locked, stored }: Omit<OptionsFormProps, "onChange">
): Record<string, unknown> {
  return Object.fromEntries(
    options
      .filter(({ name }) => !Object.hasOwn(locked, name))
      .filter(({ name, is_secret: isSecret }) => !(isSecret && draft[name] === "" && stored.includes(name)))
      .map(({ name, type }) => {
        const value = draft[name]
        return [name, type === "number" && typeof value === "string" && value.trim() !== "" ? Number(value) : value === "" ? null : value]
      })
  )
}

type OptionFieldProps = Omit<OptionsFormProps, "options"> & { readonly option: HubConnectorOption }

function OptionField({ option, draft, onChange, locked, stored }: OptionFieldProps) {
  const { connections: texts } = useTexts()
  const lock = locked[option.name]
  const isStored = option.is_secret && stored.includes(option.name)
  const value = draft[option.name]
  const hint = lock ? texts.locked[lock.origin](lock.where) : isStored ? texts.keepSecretHint(option.help) : option.help
  const isOptional = !option.is_required && option.default === null ? texts.optional : null
  return (
    <Field label={option.label} hint={hint} isOptional={isOptional}>
      {(ids) =>
        option.type === "boolean" ? (
          <Switch
            {...ids}
            checked={value === true}
            disabled={lock !== undefined}
            onCheckedChange={(checked) => onChange({ ...draft, [option.name]: checked })}
          />
        ) : (
          <Input
            {...ids}
            size="small"
            type={option.is_secret ? "password" : option.type === "number" ? "number" : option.type === "url" ? "url" : "text"}
            autoComplete={option.is_secret ? "new-password" : "off"}
            required={option.is_required && !isStored}
            disabled={lock !== undefined}
            {...(option.min === null ? {} : { min: option.min })}
            {...(option.max === null ? {} : { max: option.max })}
            step={option.type === "number" ? "any" : undefined}
            value={typeof value === "string" ? value : ""}
            placeholder={isStored ? texts.detail.masked : undefined}
            onChange={(event) => onChange({ ...draft, [option.name]: event.target.value })}
          />
        )
      }
    </Field>
  )
}

/** The form of a connector's settings, made from what it declares. */
export const OptionsForm = ({ options, ...rest }: OptionsFormProps) => (
  <div className="grid gap-4 md:grid-cols-2">
    {options.map((option) => (
      <OptionField key={option.name} option={option} {...rest} />
    ))}
  </div>
)
