import { XMarkMini } from "@medusajs/icons"
import { clx, FocusModal, Heading, IconButton, Input, Label, Text } from "@medusajs/ui"
import { useId, useState, type FormEvent } from "react"
import { Link } from "react-router-dom"
import { ActionButton } from "../action-button"
import { useAccess } from "../../hooks/use-access"
import { useRemoveView, useSaveView } from "../../hooks/mapping/use-mapping-changes"
import { useSavedViews } from "../../hooks/mapping/use-mapping-queries"
import { toSearch, type ListingFilters } from "../../hooks/use-listing-filters"
import { describeError } from "../../lib/describe-error"
import { useTexts } from "../../texts"

const LONG_SECONDS = 300

/** Views that everybody has. Their names are texts. */
const BUILT_IN = [
  ["all", {}],
  ["suggested", { link: "suggested" }],
  ["failed", { state: "failed" }],
  ["pending-long", { pendingLongerThan: LONG_SECONDS }],
  ["skipped", { state: "skipped" }],
  ["drifted", { state: "conflict" }],
  ["held", { state: "held" }],
] as const satisfies readonly (readonly [string, Partial<ListingFilters>])[]

const toFilters = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))
const fromFilters = (filters: Readonly<Record<string, string>>): string => {
  const search = new URLSearchParams(filters).toString()
  return search === "" ? "" : `?${search}`
}

function ViewLink({
  to,
  name,
  isCurrent,
}: {
  readonly to: string
  readonly name: string
  readonly isCurrent: boolean
}) {
  return (
    <Link
      to={{ search: to }}
      aria-current={isCurrent ? "page" : undefined}
      className={clx(
        "txt-compact-small-plus focus-visible:shadow-borders-focus whitespace-nowrap rounded-full px-2.5 py-1 outline-none",
        isCurrent
          ? "bg-ui-bg-base text-ui-fg-base shadow-elevation-card-rest"
          : "text-ui-fg-subtle hover:text-ui-fg-base hover:bg-ui-bg-base-hover"
      )}
    >
      {name}
    </Link>
  )
}

function SaveForm({ search, onSaved }: { readonly search: string; readonly onSaved: () => void }) {
  const texts = useTexts()
  const id = useId()
  const [name, setName] = useState("")
  const save = useSaveView()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ name: name.trim(), filters: toFilters(search) }, { onSuccess: onSaved })
  }
  return (
    <form onSubmit={submit} className="mx-auto flex w-full max-w-lg flex-col gap-y-4 px-6 py-16">
      <FocusModal.Title asChild>
        <Heading>{texts.mapping.views.saveTitle}</Heading>
      </FocusModal.Title>
      <FocusModal.Description className="txt-small text-ui-fg-subtle">
        {texts.mapping.views.onlyYou}
      </FocusModal.Description>
      <div className="flex flex-col gap-y-1">
        <Label htmlFor={id} size="small" weight="plus">
          {texts.mapping.views.name}
        </Label>
        <Input
          id={id}
          value={name}
          maxLength={60}
          required
          autoComplete="off"
          placeholder={texts.mapping.views.nameHint}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      {save.isError && (
        <Text size="small" role="alert" className="text-ui-fg-error">
          {describeError(save.error, texts).raw}
        </Text>
      )}
      <ActionButton
        action="operate"
        variant="primary"
        type="submit"
        className="w-fit"
        isLoading={save.isPending}
        disabled={name.trim() === ""}
      >
        {texts.mapping.views.save}
      </ActionButton>
    </form>
  )
}

/** Named filters: those that everybody has, and a person's own. */
export function ViewsBar({ filters }: { readonly filters: ListingFilters }) {
  const texts = useTexts()
  const [isSaving, setIsSaving] = useState(false)
  const { data } = useSavedViews()
  const remove = useRemoveView()
  const { may } = useAccess()
  const search = toSearch(filters)
  const isBuiltIn = BUILT_IN.some(([, wanted]) => toSearch(wanted) === search)
  const views = data?.views ?? []
  const isSaved = views.some((view) => fromFilters(view.filters) === search)
  return (
    <nav
      aria-label={texts.mapping.views.label}
      className="bg-ui-bg-subtle flex items-center gap-1 overflow-x-auto px-4 py-2"
    >
      {BUILT_IN.map(([name, wanted]) => (
        <ViewLink
          key={name}
          to={toSearch(wanted)}
          name={texts.mapping.views[name]}
          isCurrent={toSearch(wanted) === search}
        />
      ))}
      {views.map((view) => (
        <span key={view.id} className="flex items-center">
          <ViewLink to={fromFilters(view.filters)} name={view.name} isCurrent={fromFilters(view.filters) === search} />
          {may("operate") && (
            <IconButton
              size="2xsmall"
              variant="transparent"
              aria-label={texts.mapping.views.remove(view.name)}
              onClick={() => remove.mutate(view.id)}
            >
              <XMarkMini />
            </IconButton>
          )}
        </span>
      ))}
      {!isBuiltIn && !isSaved && (
        <ActionButton action="operate" variant="transparent" onClick={() => setIsSaving(true)}>
          {texts.mapping.views.save}
        </ActionButton>
      )}
      <FocusModal open={isSaving} onOpenChange={setIsSaving}>
        <FocusModal.Content>
          <FocusModal.Header />
          <FocusModal.Body className="overflow-y-auto">
            <SaveForm search={search} onSaved={() => setIsSaving(false)} />
          </FocusModal.Body>
        </FocusModal.Content>
      </FocusModal>
    </nav>
  )
}
