import { Input, Label, Select } from "@medusajs/ui"
import { useCallback, useEffect, useId, useRef, useState } from "react"
import { LINK_FILTERS, LISTING_STATE_NAMES, type ListingFilters } from "../hooks/use-listing-filters"
import { useSettled } from "../hooks/use-settled"
import { useTexts } from "../texts"

const ALL = "all"
const SEARCH_DELAY_MS = 300

interface Choice {
  readonly value: string
  readonly text: string
}

interface ChoiceFilterProps {
  readonly label: string
  readonly allText: string
  readonly choices: readonly Choice[]
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

function ChoiceFilter({ label, allText, choices, value, onChange }: ChoiceFilterProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-y-1 sm:w-44">
      <Label htmlFor={id} size="xsmall" className="text-ui-fg-subtle">
        {label}
      </Label>
      <Select size="small" value={value ?? ALL} onValueChange={(chosen) => onChange(chosen === ALL ? null : chosen)}>
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

interface SearchFilterProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function SearchFilter({ value, onChange }: SearchFilterProps) {
  const texts = useTexts()
  const id = useId()
  const [typed, setTyped] = useState(value)
  const settled = useSettled(typed, SEARCH_DELAY_MS).trim()
  // What we asked for last: an answer to it must not take away the letters typed since, but a link may set another search.
  const asked = useRef(value)
  useEffect(() => {
    if (settled !== asked.current) {
      asked.current = settled
      onChange(settled)
    }
  }, [settled, onChange])
  useEffect(() => {
    if (value !== asked.current) {
      asked.current = value
      setTyped(value)
    }
  }, [value])
  return (
    <div className="flex flex-col gap-y-1 sm:w-60">
      <Label htmlFor={id} size="xsmall" className="text-ui-fg-subtle">
        {texts.filters.search}
      </Label>
      <Input
        id={id}
        type="search"
        size="small"
        maxLength={100}
        autoComplete="off"
        placeholder={texts.mapping.filters.searchHint}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  )
}

interface ListingFiltersBarProps {
  readonly filters: ListingFilters
  readonly connections: readonly { readonly id: string; readonly name: string }[]
  readonly onChange: (change: Partial<ListingFilters>) => void
}

export function ListingFiltersBar({ filters, connections, onChange }: ListingFiltersBarProps) {
  const texts = useTexts()
  const search = useCallback((text: string) => onChange({ search: text }), [onChange])
  return (
    <div role="search" className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
      <SearchFilter value={filters.search} onChange={search} />
      <ChoiceFilter
        label={texts.filters.channel}
        allText={texts.filters.allChannels}
        choices={connections.map(({ id, name }) => ({ value: id, text: name }))}
        value={filters.channel}
        onChange={(channel) => onChange({ channel })}
      />
      <ChoiceFilter
        label={texts.filters.state}
        allText={texts.filters.allStates}
        choices={LISTING_STATE_NAMES.map((state) => ({ value: state, text: texts.listing.state[state] }))}
        value={filters.state}
        onChange={(chosen) => onChange({ state: LISTING_STATE_NAMES.find((state) => state === chosen) ?? null })}
      />
      <ChoiceFilter
        label={texts.mapping.filters.link}
        allText={texts.mapping.filters.allLinks}
        choices={LINK_FILTERS.map((link) => ({ value: link, text: texts.mapping.counts[link] }))}
        value={filters.link}
        onChange={(chosen) => onChange({ link: LINK_FILTERS.find((link) => link === chosen) ?? null })}
      />
    </div>
  )
}
