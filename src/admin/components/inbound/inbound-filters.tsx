import { Input, Label } from "@medusajs/ui"
import { useId, useState } from "react"
import { useChannelNames } from "../../hooks/use-channel-names"
import { INBOUND_STATE_NAMES, INBOUND_TOPIC_NAMES, WITHIN_NAMES, type InboundFilters } from "../../hooks/use-inbound"
import { useTexts } from "../../texts"
import { ChoiceFilter } from "../choice-filter"

interface FiltersProps {
  readonly filters: InboundFilters
  readonly onChange: (changes: Partial<Record<keyof InboundFilters, string | null>>) => void
}

/** Looks for exactly one number or id, when it has been entered. */
function Search({ filters, onChange }: FiltersProps) {
  const { inbound } = useTexts()
  const id = useId()
  const [text, setText] = useState(filters.search ?? "")
  const search = (): void => onChange({ search: text.trim() === "" ? null : text.trim() })
  return (
    <form
      className="flex flex-col gap-y-1 sm:w-64"
      onSubmit={(event) => {
        event.preventDefault()
        search()
      }}
    >
      <Label htmlFor={id} size="xsmall" className="text-ui-fg-subtle">
        {inbound.search}
      </Label>
      <Input
        id={id}
        type="search"
        size="small"
        placeholder={inbound.searchHint}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={search}
      />
    </form>
  )
}

export function InboundFiltersBar({ filters, onChange }: FiltersProps) {
  const texts = useTexts()
  const { inbound } = texts
  const { data: channels = [] } = useChannelNames()
  return (
    <div role="search" className="flex flex-col gap-3 px-6 py-4 sm:flex-row sm:flex-wrap">
      <Search key={filters.search} filters={filters} onChange={onChange} />
      <ChoiceFilter
        label={texts.filters.channel}
        allText={texts.runs.allChannels}
        choices={channels.map(({ id, name }) => ({ value: id, text: name }))}
        value={filters.channel}
        onChange={(channel) => onChange({ channel })}
      />
      <ChoiceFilter
        label={texts.filters.state}
        allText={texts.runs.allStates}
        choices={INBOUND_STATE_NAMES.map((state) => ({ value: state, text: inbound.state[state] }))}
        value={filters.state}
        onChange={(state) => onChange({ state })}
      />
      <ChoiceFilter
        label={inbound.topicFilter}
        allText={inbound.allTopics}
        choices={INBOUND_TOPIC_NAMES.map((topic) => ({ value: topic, text: inbound.topic[topic] }))}
        value={filters.topic}
        onChange={(topic) => onChange({ topic })}
      />
      <ChoiceFilter
        label={inbound.timeFilter}
        allText={inbound.allTime}
        choices={WITHIN_NAMES.map((within) => ({ value: within, text: inbound.within[within] }))}
        value={filters.within}
        onChange={(within) => onChange({ within })}
      />
    </div>
  )
}
