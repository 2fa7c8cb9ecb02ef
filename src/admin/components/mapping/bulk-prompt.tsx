import { Button, FocusModal, Heading, Input, Label, Text } from "@medusajs/ui"
import { useEffect, useId, useState } from "react"
import { ActionButton } from "../action-button"
import type { HubVariantChoice } from "../../../types"
import {
  useBulkChange,
  useBulkPreview,
  type BulkActionName,
  type Selection,
} from "../../hooks/mapping/use-mapping-changes"
import { useSettled } from "../../hooks/use-settled"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"
import { VariantPicker } from "./variant-picker"

const SAFE_SCORE = 85
const SETTLE_MS = 300

interface NumberFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: number
  readonly max: number
  readonly min: number
  readonly onChange: (value: number) => void
}

function NumberField({ label, hint, value, min, max, onChange }: NumberFieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
      </Label>
      <Input
        id={id}
        type="number"
        size="small"
        className="w-32"
        min={min}
        max={max}
        step={1}
        value={Number.isNaN(value) ? "" : value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      <Text id={`${id}-hint`} size="xsmall" className="text-ui-fg-subtle">
        {hint}
      </Text>
    </div>
  )
}

const isWhole = (value: number, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && value >= min && value <= max

export interface BulkPromptTarget {
  readonly action: BulkActionName
  readonly selection: Selection
}

function useValues(action: BulkActionName) {
  const [variant, setVariant] = useState<HubVariantChoice | null>(null)
  const [packSize, setPackSize] = useState(1)
  const [minScore, setMinScore] = useState(SAFE_SCORE)
  const isReady =
    action === "link"
      ? variant !== null
      : action === "pack"
        ? isWhole(packSize, 1, 1_000_000)
        : action !== "accept" || isWhole(minScore, 0, 100)
  const values = {
    ...(action === "link" && variant !== null ? { variant_id: variant.id } : {}),
    ...(action === "pack" ? { pack_size: packSize } : {}),
    ...(action === "accept" ? { min_score: minScore } : {}),
  }
  return { variant, setVariant, packSize, setPackSize, minScore, setMinScore, isReady, values }
}

function Form({ target, onDone }: { readonly target: BulkPromptTarget; readonly onDone: () => void }) {
  const texts = useTexts()
  const { action, selection } = target
  const form = useValues(action)
  const { mutate: look, data: preview, isPending: isLooking, error: lookError } = useBulkPreview()
  const change = useBulkChange()
  const asked = useSettled(form.isReady ? JSON.stringify(form.values) : null, SETTLE_MS)
  useEffect(() => {
    if (asked === null) {
      return undefined
    }
    // Not at once: in development React mounts everything twice, and the first mount would never hear how it ended.
    const timer = setTimeout(() => look({ action, selection, ...(JSON.parse(asked) as object) }))
    return () => clearTimeout(timer)
  }, [asked, action, selection, look])
  const error = change.error ?? lookError
  return (
    <div className="mx-auto flex w-full max-w-lg flex-col gap-y-6 px-6 py-12">
      <div className="flex flex-col gap-y-1">
        <FocusModal.Title asChild>
          <Heading>{texts.mapping.bulk[action]}</Heading>
        </FocusModal.Title>
        <FocusModal.Description className="txt-small text-ui-fg-subtle">
          {texts.mapping.bulk.means[action]}
        </FocusModal.Description>
      </div>
      {action === "link" && (
        <VariantPicker
          label={texts.mapping.table.variant}
          action={(variant) => (
            <Button
              size="small"
              variant={form.variant?.id === variant.id ? "primary" : "secondary"}
              aria-pressed={form.variant?.id === variant.id}
              onClick={() => form.setVariant(variant)}
            >
              {texts.mapping.review.choose}
            </Button>
          )}
        />
      )}
      {action === "pack" && (
        <NumberField
          label={texts.mapping.bulk.packSize}
          hint={texts.mapping.bulk.packHint}
          value={form.packSize}
          min={1}
          max={1_000_000}
          onChange={form.setPackSize}
        />
      )}
      {action === "accept" && (
        <NumberField
          label={texts.mapping.bulk.minScore}
          hint={texts.mapping.bulk.minScoreHint}
          value={form.minScore}
          min={0}
          max={100}
          onChange={form.setMinScore}
        />
      )}
      <div role="status" className="flex flex-col gap-y-1">
        {isLooking && <Text size="small">{texts.mapping.bulk.checking}</Text>}
        {!isLooking && preview !== undefined && (
          <>
            <Text size="small" weight="plus">
              {texts.mapping.bulk.will(preview.changed_count)}
            </Text>
            {preview.skipped.map(({ reason, count }) => (
              <Text key={reason} size="small" className="text-ui-fg-subtle">
                {texts.mapping.bulk.skipped(count, reason)}
              </Text>
            ))}
          </>
        )}
      </div>
      {error !== null && (
        <Text size="small" role="alert" className="text-ui-fg-error break-words">
          {texts.mapping.bulk.failed} {describeError(error, texts).raw}
        </Text>
      )}
      <div className="flex gap-x-2">
        <ActionButton
          action="configure"
          variant="primary"
          isLoading={change.isPending}
          disabled={!form.isReady || isLooking || (preview?.changed_count ?? 0) === 0}
          onClick={() => change.mutate({ action, selection, ...form.values }, { onSuccess: onDone })}
        >
          {texts.mapping.bulk.confirm}
        </ActionButton>
        <FocusModal.Close asChild>
          <Button size="small" variant="secondary">
            {texts.mapping.bulk.cancel}
          </Button>
        </FocusModal.Close>
      </div>
    </div>
  )
}

interface BulkPromptProps {
  readonly target: BulkPromptTarget | null
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Says what a change of many listings would do, and what it means on the channel, before it is done. */
export function BulkPrompt({ target, onClose, onDone }: BulkPromptProps) {
  return (
    <FocusModal open={target !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <FocusModal.Content>
        <FocusModal.Header />
        <FocusModal.Body className="overflow-y-auto">
          {target !== null && <Form target={target} onDone={onDone} />}
        </FocusModal.Body>
      </FocusModal.Content>
    </FocusModal>
  )
}
