import { Heading, Text } from "@medusajs/ui"
import type { HubCsvDifference, HubCsvPreview } from "../../../types"
import { formatCount } from "../../lib/format"
import { useTexts } from "../../texts"

function Counts({ preview }: { readonly preview: HubCsvPreview }) {
  const texts = useTexts()
  const { csv } = texts.mapping
  const counts = [
    [csv.rows, preview.row_count],
    [csv.changed, preview.changed_count],
    [csv.created, preview.new_count],
    [csv.unchanged, preview.unchanged_count],
    [csv.bad, preview.bad_count],
  ] as const
  return (
    <dl className="grid grid-cols-3 gap-3 sm:grid-cols-5">
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt className="txt-compact-xsmall text-ui-fg-subtle">{label}</dt>
          <dd className="txt-compact-large-plus tabular-nums">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Difference({ difference }: { readonly difference: HubCsvDifference }) {
  const texts = useTexts()
  const { csv } = texts.mapping
  return (
    <li className="px-3 py-2">
      <Text size="small" weight="plus" leading="compact" className="break-words">
        {difference.external_sku ?? difference.external_id}{" "}
        <span className="txt-compact-xsmall text-ui-fg-subtle">
          {csv.line(difference.line)}
          {difference.kind === "new" ? ` · ${csv.created}` : ""}
        </span>
      </Text>
      <ul className="txt-compact-xsmall text-ui-fg-subtle">
        {difference.changes.map((change) => (
          <li key={change.column} className="break-words">
            {change.column}: <del>{change.before === "" ? csv.empty : change.before}</del> →{" "}
            <ins className="text-ui-fg-base no-underline">{change.after === "" ? csv.empty : change.after}</ins>
          </li>
        ))}
      </ul>
    </li>
  )
}

/** What a file would change and what in it cannot be taken, row by row. */
export function CsvPreview({ preview }: { readonly preview: HubCsvPreview }) {
  const texts = useTexts()
  const { csv } = texts.mapping
  const differenceCount = preview.changed_count + preview.new_count
  return (
    <div className="flex flex-col gap-y-4">
      <Counts preview={preview} />
      {preview.problems.length > 0 && (
        <section className="flex flex-col gap-y-2">
          <Heading level="h3">{csv.problems}</Heading>
          <ul className="border-ui-border-base max-h-60 divide-y overflow-y-auto rounded-lg border">
            {preview.problems.map((problem) => (
              <li key={`${problem.line}:${problem.column ?? ""}:${problem.message}`} className="px-3 py-2">
                <Text size="small" weight="plus" leading="compact">
                  {[csv.line(problem.line), problem.column].filter((part) => part !== null).join(" · ")}
                </Text>
                <Text size="small" className="break-words">
                  {problem.message} <span className="text-ui-fg-subtle">{problem.fix}</span>
                </Text>
              </li>
            ))}
          </ul>
        </section>
      )}
      {preview.differences.length > 0 && (
        <section className="flex flex-col gap-y-2">
          <Heading level="h3">{csv.differences}</Heading>
          <ul className="border-ui-border-base max-h-80 divide-y overflow-y-auto rounded-lg border">
            {preview.differences.map((difference) => (
              <Difference key={difference.line} difference={difference} />
            ))}
          </ul>
          {differenceCount > preview.differences.length && (
            <Text size="xsmall" className="text-ui-fg-subtle">
              {csv.first(preview.differences.length, differenceCount)}
            </Text>
          )}
        </section>
      )}
      {differenceCount === 0 && preview.bad_count === 0 && <Text size="small">{csv.nothing}</Text>}
    </div>
  )
}
