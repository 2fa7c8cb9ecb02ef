import { Input, Switch } from "@medusajs/ui"
import type { ReactNode } from "react"
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
  /** Somebody has tried to send it: what is missing is marked from now on, and not before. */
  readonly isTried?: boolean
}

/** What a form begins with: the settings as they hold, then the defaults. */
export const toDraft = (
  options: readonly HubConnectorOption[],
  settings: Readonly<Record<string, unknown>>
): OptionDraft =>
  Object.fromEntries(
    options.map(({ name, type, default: fallback }) => {
      const value = settings[name] ?? fallback
      return [
        name,
        type === "boolean"
          ? value === true
          : typeof value === "string" || typeof value === "number"
            ? String(value)
            : "",
      ]
    })
  )

/** What is sent: nothing that is locked, and no secret that was left empty because it is stored. */
export function fromDraft({
  options,
  draft,
  locked,
  stored,
}: Omit<OptionsFormProps, "onChange" | "isTried">): Record<string, unknown> {
  return Object.fromEntries(
    options
      .filter(({ name }) => !Object.hasOwn(locked, name))
      .filter(({ name, is_secret: isSecret }) => !(isSecret && draft[name] === "" && stored.includes(name)))
      .map(({ name, type }) => {
        const value = draft[name]
        return [
          name,
          type === "number" && typeof value === "string" && value.trim() !== ""
            ? Number(value)
            : value === ""
              ? null
              : value,
        ]
      })
  )
}

type OptionFieldProps = Omit<OptionsFormProps, "options"> & { readonly option: HubConnectorOption }

function OptionField({ option, draft, onChange, locked, stored, isTried = true }: OptionFieldProps) {
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
            type={
              option.is_secret
                ? "password"
                : option.type === "number"
                  ? "number"
                  : option.type === "url"
                    ? "url"
                    : "text"
            }
            autoComplete={option.is_secret ? "new-password" : "off"}
            required={isTried && option.is_required && !isStored}
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
export function OptionsForm({ options, ...rest }: OptionsFormProps) {
  const { connections: texts } = useTexts()
  // What has a default need not be looked at to begin.
  const isNeeded = (option: HubConnectorOption): boolean => option.is_required || option.default === null
  const fields = (chosen: readonly HubConnectorOption[]): ReactNode => (
    <div className="grid gap-4 md:grid-cols-2">
      {chosen.map((option) => (
        <OptionField key={option.name} option={option} {...rest} />
      ))}
    </div>
  )
  const others = options.filter((option) => !isNeeded(option))
  return (
    <div className="flex flex-col gap-y-4">
      {fields(options.filter(isNeeded))}
      {others.length > 0 && (
        <details className="flex flex-col gap-y-4">
          <summary className="txt-compact-small-plus focus-visible:shadow-borders-focus mb-4 w-fit cursor-pointer rounded-md outline-none">
            {texts.moreSettings} ({others.length})
          </summary>
          {fields(others)}
        </details>
      )}
    </div>
  )
}
