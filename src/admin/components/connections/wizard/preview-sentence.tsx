import { Table, Text } from "@medusajs/ui"
import type { ConnectionPreview } from "../../../hooks/use-connections"
import { formatCount } from "../../../lib/format"
import { useTexts } from "../../../texts"

/** Of each kind; the file has them all. */
const SHOWN_ROWS = 10

const signed = (difference: number): string => `${difference > 0 ? "+" : ""}${formatCount(difference)}`

type Row = ConnectionPreview["rows"][number]

/** What is feared most comes first. Numbers that the channel does not tell may go anywhere. */
const KINDS: readonly (readonly ["to_zero" | "lower" | "higher" | "unknown", (row: Row) => boolean])[] = [
  ["to_zero", ({ shown, would_show: would }) => shown !== null && would === 0 && shown > 0],
  ["lower", ({ shown, would_show: would }) => shown !== null && would > 0 && would < shown],
  ["higher", ({ shown, would_show: would }) => shown !== null && would > shown],
  ["unknown", ({ shown }) => shown === null],
]

function Rows({ title, all, rows }: { readonly title: string; readonly all: number; readonly rows: readonly Row[] }) {
  const { wizard } = useTexts().connections
  const shown = rows.slice(0, SHOWN_ROWS)
  return (
    <section className="shadow-elevation-card-rest overflow-x-auto rounded-lg">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{title}</Table.HeaderCell>
            <Table.HeaderCell scope="col" className="text-end">
              {wizard.shows}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="text-end">
              {wizard.wouldShow}
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" className="text-end">
              {wizard.difference}
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {shown.map((row) => (
            <Table.Row key={`${row.listing_id}:${row.external_location_id}`}>
              <Table.Cell className="max-w-60 truncate" title={row.title}>
                {row.external_sku ?? row.title}
              </Table.Cell>
              <Table.Cell className="text-end tabular-nums">
                {row.shown === null ? "?" : formatCount(row.shown)}
              </Table.Cell>
              <Table.Cell className="text-end tabular-nums">{formatCount(row.would_show)}</Table.Cell>
              <Table.Cell className="text-end tabular-nums">
                {row.shown === null ? "" : signed(row.would_show - row.shown)}
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
      {all > shown.length && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-3">
          {wizard.more(all - shown.length)}
        </Text>
      )}
    </section>
  )
}

/** The honest preview: what going live would write, in one sentence, and the largest differences of each kind. */
export function PreviewSentence({ preview }: { readonly preview: ConnectionPreview }) {
  const { wizard } = useTexts().connections
  const rest = wizard.rest(preview)
  return (
    <div className="flex flex-col gap-y-4">
      <div role="status">
        <Text size="xlarge" weight="plus" className="tabular-nums" data-testid="preview-sentence">
          {wizard.sentence(preview)}
        </Text>
        {rest !== "" && (
          <Text size="small" className="text-ui-fg-subtle tabular-nums">
            {rest}
          </Text>
        )}
      </div>
      {preview.rows.length === 0 && <Text size="small">{wizard.noDifference}</Text>}
      {KINDS.map(([kind, isOfKind]) => [kind, preview.rows.filter(isOfKind)] as const)
        .filter(([, rows]) => rows.length > 0)
        .map(([kind, rows]) => (
          <Rows key={kind} title={wizard.kind[kind](preview[kind])} all={preview[kind]} rows={rows} />
        ))}
    </div>
  )
}
