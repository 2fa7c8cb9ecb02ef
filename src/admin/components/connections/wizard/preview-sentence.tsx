import { Table, Text } from "@medusajs/ui"
import type { ConnectionPreview } from "../../../hooks/use-connections"
import { formatCount } from "../../../lib/format"
import { useTexts } from "../../../texts"

const SHOWN_ROWS = 20

const signed = (difference: number): string => `${difference > 0 ? "+" : ""}${formatCount(difference)}`

function Rows({ preview }: { readonly preview: ConnectionPreview }) {
  const { wizard } = useTexts().connections
  return (
    <div className="shadow-elevation-card-rest overflow-x-auto rounded-lg">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{wizard.largest}</Table.HeaderCell>
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
          {preview.rows.slice(0, SHOWN_ROWS).map((row) => (
            <Table.Row key={`${row.listing_id}:${row.external_location_id}`}>
              <Table.Cell className="max-w-60 truncate" title={row.title}>
                {row.external_sku ?? row.title}
              </Table.Cell>
              <Table.Cell className="text-end tabular-nums">{row.shown === null ? "?" : formatCount(row.shown)}</Table.Cell>
              <Table.Cell className="text-end tabular-nums">{formatCount(row.would_show)}</Table.Cell>
              <Table.Cell className="text-end tabular-nums">
                {row.shown === null ? "" : signed(row.would_show - row.shown)}
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}

/** The honest preview: what going live would write, in one sentence, and the largest of it in a table. */
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
      {preview.rows.length === 0 ? <Text size="small">{wizard.noDifference}</Text> : <Rows preview={preview} />}
    </div>
  )
}
