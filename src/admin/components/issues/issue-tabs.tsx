import { Tabs } from "@medusajs/ui"
import { useSearchParams } from "react-router-dom"
import type { IssueState } from "../../../types"
import { useIssueGroups } from "../../hooks/use-issues"
import { formatCount } from "../../lib/format"
import { useTexts } from "../../texts"
import { EmptyState } from "../empty-state"
import { ErrorState } from "../error-state"
import { RowsSkeleton } from "../rows-skeleton"
import { IssueGroupRow } from "./issue-group-row"

const STATES: readonly IssueState[] = ["open", "dismissed", "resolved"]

const toState = (name: string | null): IssueState => STATES.find((state) => state === name) ?? "open"

function Groups({ state }: { readonly state: IssueState }) {
  const texts = useTexts()
  const { data, error, isFetching, refetch } = useIssueGroups(state)
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
    ) : (
      <RowsSkeleton />
    )
  }
  return data.groups.length === 0 ? (
    <EmptyState text={texts.issues.none[state]} />
  ) : (
    <ul className="divide-y">
      {data.groups.map((group) => (
        <IssueGroupRow key={`${group.connection_id}:${group.code}`} group={group} state={state} />
      ))}
    </ul>
  )
}

/** Issues by state; the chosen tab is in the address. */
export function IssueTabs() {
  const texts = useTexts()
  const [params, setParams] = useSearchParams()
  const state = toState(params.get("state"))
  const { data } = useIssueGroups(state)
  const choose = (name: string) => setParams(name === "open" ? {} : { state: name }, { replace: true })
  return (
    <Tabs value={state} onValueChange={choose}>
      <Tabs.List aria-label={texts.issues.tabs} className="flex-wrap px-6 py-3">
        {STATES.map((name) => (
          <Tabs.Trigger key={name} value={name}>
            {texts.issues.tab[name]}
            {data ? ` ${formatCount(data.counts[name])}` : ""}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {STATES.map((name) => (
        <Tabs.Content key={name} value={name} className="border-ui-border-base border-t">
          {name === state && <Groups state={name} />}
        </Tabs.Content>
      ))}
    </Tabs>
  )
}
