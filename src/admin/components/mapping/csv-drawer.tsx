import { ArrowDownTray } from "@medusajs/icons"
import { Button, Checkbox, Drawer, Heading, Label, Text } from "@medusajs/ui"
import { useId, useState, type ChangeEvent } from "react"
import { ActionButton } from "../action-button"
import { useCsvImport, useCsvPreview } from "../../hooks/mapping/use-mapping-changes"
import { toApiFilter, type ListingFilters } from "../../hooks/use-listing-filters"
import { describeError } from "../../lib/describe-error"
import { backendUrl } from "../../lib/sdk"
import { useTexts } from "../../texts"
import { CsvPreview } from "./csv-preview"

const DELIMITERS = ["comma", "semicolon"] as const

function Download({ filters }: { readonly filters: ListingFilters }) {
  const texts = useTexts()
  const { csv } = texts.mapping
  const hrefOf = (delimiter: string): string => {
    const params = new URLSearchParams({ delimiter })
    Object.entries(toApiFilter(filters)).forEach(([key, value]) => params.set(key, String(value)))
    return `${backendUrl}/admin/hub/mapping/csv?${params.toString()}`
  }
  return (
    <section className="flex flex-col gap-y-2">
      <Heading level="h3">{csv.export}</Heading>
      <Text size="small" className="text-ui-fg-subtle">
        {csv.exportText}
      </Text>
      <div className="flex gap-x-2">
        {DELIMITERS.map((delimiter) => (
          <Button key={delimiter} size="small" variant="secondary" asChild>
            <a href={hrefOf(delimiter)} download="hub-mapping.csv">
              <ArrowDownTray aria-hidden />
              {csv[delimiter]}
            </a>
          </Button>
        ))}
      </div>
    </section>
  )
}

interface ChosenFile {
  readonly name: string
  readonly text: string
}

function Upload() {
  const texts = useTexts()
  const { csv } = texts.mapping
  const [inputId, strictId] = [useId(), useId()]
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [isStrict, setIsStrict] = useState(false)
  const preview = useCsvPreview()
  const apply = useCsvImport()
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0]
    if (chosen) {
      const next = { name: chosen.name, text: await chosen.text() }
      setFile(next)
      apply.reset()
      preview.mutate({ csv: next.text, file_name: next.name, all_or_nothing: false })
    }
    event.target.value = ""
  }
  const shown = apply.data?.preview ?? preview.data?.preview
  const count = (shown?.changed_count ?? 0) + (shown?.new_count ?? 0)
  const error = apply.error ?? preview.error
  const isBlocked = isStrict && (shown?.bad_count ?? 0) > 0
  return (
    <section className="flex flex-col gap-y-3">
      <Heading level="h3">{csv.import}</Heading>
      <Text size="small" className="text-ui-fg-subtle">
        {csv.importText}
      </Text>
      <div className="flex items-center gap-x-3">
        <input
          id={inputId}
          type="file"
          accept=".csv,text/csv,text/plain"
          className="peer sr-only"
          onChange={(event) => void choose(event)}
        />
        <Label
          htmlFor={inputId}
          size="small"
          weight="plus"
          className="bg-ui-button-neutral shadow-buttons-neutral peer-focus-visible:shadow-buttons-neutral-focus hover:bg-ui-button-neutral-hover cursor-pointer rounded-md px-2 py-1"
        >
          {file === null ? csv.choose : csv.another}
        </Label>
        {file !== null && (
          <Text size="small" className="min-w-0 break-all">
            {file.name}
          </Text>
        )}
      </div>
      <div aria-live="polite">{preview.isPending && <Text size="small">{csv.reading}</Text>}</div>
      {error !== null && (
        <Text size="small" role="alert" className="text-ui-fg-error break-words">
          {describeError(error, texts).raw}
        </Text>
      )}
      {shown !== undefined && <CsvPreview preview={shown} />}
      {shown !== undefined && file !== null && apply.data === undefined && count > 0 && (
        <div className="flex flex-col gap-y-3">
          {shown.bad_count > 0 && (
            <div className="flex items-center gap-x-2">
              <Checkbox id={strictId} checked={isStrict} onCheckedChange={(checked) => setIsStrict(checked === true)} />
              <Label htmlFor={strictId} size="small">
                {csv.allOrNothing}
              </Label>
            </div>
          )}
          <ActionButton
            action="configure"
            variant="primary"
            className="w-fit"
            isLoading={apply.isPending}
            disabled={isBlocked}
            onClick={() => apply.mutate({ csv: file.text, file_name: file.name, all_or_nothing: isStrict })}
          >
            {csv.apply(count)}
          </ActionButton>
        </div>
      )}
      <div role="status">
        {apply.data !== undefined && (
          <Text size="small" weight="plus">
            {apply.data.batch === null ? csv.refused : csv.applied(apply.data.batch.item_count)}
          </Text>
        )}
      </div>
    </section>
  )
}

interface CsvDrawerProps {
  readonly filters: ListingFilters
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The mapping out as a file, and back after a look at what would change. */
export function CsvDrawer({ filters, isOpen, onClose }: CsvDrawerProps) {
  const texts = useTexts()
  return (
    <Drawer open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{texts.mapping.csv.title}</Drawer.Title>
        </Drawer.Header>
        <Drawer.Body className="flex flex-col gap-y-8 overflow-y-auto">
          <Download filters={filters} />
          <Upload />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  )
}
