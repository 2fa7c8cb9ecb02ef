import type { HubEvidence, HubMappingBatch, HubNumberCause, MappingBatchKind } from "../../../types"
import { formatCount } from "../../lib/format"
import { inWords } from "./words"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`
const listings = (count: number): string => plural(count, "listing", "listings")

const DONE: Readonly<Record<MappingBatchKind, string>> = {
  edit: "edited",
  link: "linked",
  unlink: "unlinked",
  ignore: "ignored",
  unignore: "taken up again",
  pack: "given another pack size",
  accept: "linked as suggested",
  reject: "freed of wrong suggestions",
  create: "added by hand",
  csv: "changed from a CSV file",
  undo: "put back as before",
}

const SKIPS: Readonly<Record<string, string>> = {
  "same-already": "is so already",
  "not-linked": "not linked",
  "linked-already": "linked already",
  ignored: "ignored",
  "not-ignored": "not ignored",
  "no-suggestion": "nothing suggested",
  ambiguous: "more than one variant fits: choose by hand",
  "score-too-low": "score too low",
}

function evidence(entry: HubEvidence): string {
  switch (entry.code) {
    case "sku":
      return `The same SKU: ${entry.value ?? ""}`
    case "barcode":
      return `The same barcode: ${entry.value ?? ""}${entry.is_gtin === false ? " (no valid GTIN)" : ""}`
    case "sku-normalised":
      return `The same SKU but for case and marks: ${entry.listing ?? ""} ≈ ${entry.variant ?? ""}`
    case "title":
      return `Titles are ${entry.percent ?? 0} % alike`
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  buffer: "buffer",
  minimum: "minimum",
  cap: "cap",
  sharePercent: "share in percent",
  backorderQuantity: "number while backordered",
  unmanagedQuantity: "number while not managed",
  assembleAcrossLocations: "kits from several locations",
  managed: "inventory is managed",
  allowBackorder: "backorders are allowed",
  ceiling: "most that is free of other channels",
  held: "held number",
  pack_size: "pack size",
}

const fromTo = (cause: HubNumberCause): string => `${cause.from ?? "none"} → ${cause.to ?? "none"}`
const itemAt = (cause: HubNumberCause): string =>
  [cause.item, cause.location].filter((part) => part !== null).join(" at ")

const difference = ({ from, to }: HubNumberCause): string => {
  const units = Math.abs(Number(to ?? 0) - Number(from ?? 0))
  return formatCount(Number.isFinite(units) ? units : 0)
}

function cause(entry: HubNumberCause): string {
  switch (entry.code) {
    case "sale":
      return `${difference(entry)} of ${itemAt(entry)} reserved`
    case "released":
      return `${difference(entry)} of ${itemAt(entry)} no longer reserved`
    case "fulfilled":
      return `${difference(entry)} of ${itemAt(entry)} left the shelf`
    case "edited":
      return `Stock of ${itemAt(entry)} edited: ${fromTo(entry)}`
    case "level":
      return `Stock of ${itemAt(entry)} counted anew: ${fromTo(entry)}`
    case "component":
      return `The variant's parts changed: ${entry.item ?? ""} ${fromTo(entry)}`
    case "mapping":
      return `Mapping changed: ${FIELDS[entry.field ?? ""] ?? "variant"} ${fromTo(entry)}`
    case "rule":
      return `Quantity rule changed: ${FIELDS[entry.field ?? ""] ?? entry.field ?? ""} ${fromTo(entry)}`
    case "variant":
      return `Variant changed: ${FIELDS[entry.field ?? ""] ?? entry.field ?? ""} ${fromTo(entry)}`
    case "limit":
      return `Limit changed: ${FIELDS[entry.field ?? ""] ?? entry.field ?? ""} ${fromTo(entry)}`
  }
}

function culprit(entry: HubNumberCause): string {
  const order = entry.order_number === null ? null : `order #${entry.order_number}`
  const channel = entry.order_channel === null ? null : `${entry.order_channel} ${entry.order_external_id ?? ""}`.trim()
  const parts = [entry.who, order, channel].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(" · ") : "By whom is not known: it was not changed through the admin or its API."
}

/** Listings and what they sell: the page, its drawers and its history. */
export const mapping = {
  title: "Listings",
  subtitle: "What every channel sells, which variant it is, and what it shows.",
  back: "Channels",
  counts: {
    linked: "Linked",
    suggested: "Suggested",
    unlinked: "Unlinked",
    ignored: "Ignored",
    show: (count: string, what: string) => `${count} ${what.toLowerCase()}: show them`,
  },
  views: {
    label: "Views",
    all: "All",
    failed: "Failed",
    "pending-long": "Pending > 5 min",
    skipped: "Skipped",
    suggested: "Suggested",
    held: "Held",
    drifted: "Drifted",
    save: "Save view",
    saveTitle: "Save these filters as a view",
    name: "Name",
    nameHint: "For example: Mugs that failed",
    onlyYou: "Only you see it. The same name again replaces it.",
    remove: (name: string) => `Remove the view ${name}`,
  },
  filters: { link: "Link", allLinks: "All", searchHint: "SKU, title, external id", clear: "Clear filters" },
  table: {
    label: "Listings",
    select: (name: string) => `Select ${name}`,
    selectAll: "Select all that are shown",
    external: "On the channel",
    variant: "Variant",
    pack: "Pack",
    observed: "Channel says",
    lastWrite: "Last write",
    never: "never",
    link: "Link",
    choose: "Choose a variant",
    score: (score: number) => `score ${score}`,
    suggestion: (sku: string) => `Perhaps ${sku}`,
    ambiguous: "More than one fits",
    noVariant: "none",
    review: (name: string) => `Review the link of ${name}`,
    evidence: (code: string | null) =>
      code === null
        ? ""
        : ({
            sku: "by SKU",
            barcode: "by barcode",
            person: "by a person",
            csv: "by CSV",
            "sku-normalised": "by like SKU",
            title: "by title",
          }[code] ?? code),
    keys: "Keys: j and k move, x selects, Enter reviews the link, w asks why.",
    empty: "Nothing to map yet: import the listings of a channel first.",
    emptyLink: "To the channels",
  },
  bulk: {
    label: "What to do with the selected listings",
    selected: (count: number) => `${listings(count)} selected`,
    allMatching: "Select all that match the filters",
    allSelected: "All that match the filters",
    clear: "Clear selection",
    accept: "Accept suggestions",
    reject: "Refuse suggestions",
    link: "Link",
    unlink: "Unlink",
    ignore: "Ignore",
    unignore: "Take up again",
    pack: "Set pack size",
    confirm: "Do it",
    cancel: "Cancel",
    close: "Close",
    checking: "Looking what would change…",
    will: (count: number) => (count === 0 ? "Nothing would change." : `${listings(count)} will change.`),
    skipped: (count: number, reason: string) => `${formatCount(count)} left alone: ${SKIPS[reason] ?? inWords(reason)}`,
    minScore: "Lowest score to accept",
    minScoreHint:
      "100 is the same SKU, 95 a valid barcode, 85 a SKU that differs only in case and marks, less is a likeness of titles.",
    packSize: "Pieces in one unit on the channel",
    packHint: "With a pack of 6 and 20 in stock, the channel shows 3.",
    means: {
      accept: "The listings get their variant, and the channel gets the numbers of it.",
      reject: "These variants are never suggested again for these listings. Nothing changes on the channel.",
      link: "The channel gets the numbers of this variant.",
      unlink:
        "The channel keeps the number that it shows now. The hub stops writing it, so it will not follow your stock any more.",
      ignore: "The channel keeps the number that it shows now. The hub stops writing it and asks no more about it.",
      unignore: "Listings with a variant are written again; the others are unlinked.",
      pack: "The numbers are computed anew and sent.",
    },
    failed: "It was not done.",
  },
  undo: {
    label: "Last change",
    what: (batch: HubMappingBatch) => `${listings(batch.item_count)} ${DONE[batch.kind]}`,
    by: (name: string | null) => (name === null ? "by the hub" : `by ${name}`),
    button: "Undo",
    undone: (name: string | null) => `undone ${name === null ? "" : `by ${name}`}`.trim(),
    left: (count: number) => `${listings(count)} left alone: changed since`,
    leftTitle: "Left alone, because they were changed since:",
    history: "History",
    historyTitle: "Changes of the mapping",
    historyText: "Every change is kept. Undoing puts back what nothing else has changed since, and is a change itself.",
    none: "Nothing has been changed by hand yet.",
    more: "Load more",
    skipped: (count: number) => `${formatCount(count)} left alone`,
    file: (name: string) => `File ${name}`,
  },
  review: {
    title: (name: string) => `What is ${name}?`,
    channelSays: "What the channel says",
    externalId: "External id",
    sku: "SKU",
    barcode: "Barcode",
    none: "none",
    linkedTo: "Linked to",
    notLinked: "Not linked",
    unlinkedByPerson: "A person unlinked it. An import will not link it again by itself.",
    ignored: "Ignored",
    suggestions: "Suggestions",
    noSuggestions: "Nothing in the shop looks like it.",
    ambiguous: "More than one variant fits about as well. The hub never decides that by itself: choose one.",
    score: "Score",
    evidence,
    choose: "Link",
    chosen: "Linked",
    refuseAll: "None of these",
    search: "Another variant",
    searchHint: "SKU, title or barcode",
    noVariants: "No variant found.",
    pack: "Pieces in one unit",
    unlink: "Unlink",
    ignore: "Ignore",
    unignore: "Take up again",
    unlinkMeans: "Unlinking or ignoring leaves the channel's number as it is now. The hub stops writing it.",
    done: "Saved. The number follows.",
    previous: "Previous",
    next: "Next",
  },
  create: {
    button: "Add listing",
    title: "Add a listing that was not imported",
    text: "For a listing that is there on the channel but did not come with the import. Whether the channel knows it shows with the first write.",
    channel: "Channel",
    externalId: "External id",
    externalIdHint: "The channel's own id of the listing, not its SKU.",
    sku: "SKU on the channel",
    name: "Title",
    optional: "optional",
    variant: "Variant",
    publish:
      "To create a listing on the channel itself, use the channel: no connector of the hub can do that yet. Import it afterwards.",
    save: "Add and link",
  },
  suggest: { button: "Look again", hint: "Link by SKU and suggest anew, for example after products were added." },
  csv: {
    button: "CSV",
    title: "Mapping as CSV",
    export: "Download",
    exportText:
      "One row for each listing that the filters find. Change link_state, variant_sku and pack_size and upload the file again. A row with a new external_id adds a listing.",
    comma: "Comma",
    semicolon: "Semicolon",
    import: "Upload",
    importText:
      "UTF-8, parted by comma, semicolon or tab, at most 10,000 rows. You see what would change before anything does.",
    choose: "Choose a file",
    reading: "Comparing…",
    rows: "Rows",
    changed: "Changed",
    created: "New",
    unchanged: "Unchanged",
    bad: "Wrong",
    problems: "What is wrong",
    line: (line: number) => `Line ${formatCount(line)}`,
    differences: "What changes",
    first: (shown: number, all: number) => `The first ${formatCount(shown)} of ${formatCount(all)}.`,
    allOrNothing: "Change nothing unless every row is right",
    apply: (count: number) => `Change ${listings(count)}`,
    nothing: "The file says what is so already: there is nothing to change.",
    refused: "Nothing was changed, because some rows are wrong.",
    applied: (count: number) => `${listings(count)} changed. You can undo it on the page.`,
    before: "before",
    empty: "empty",
    another: "Another file",
  },
  locations: {
    button: "Locations",
    title: "Which stock feeds which location",
    text: "Several of your locations may feed one of the channel's; their stock is added up. One of yours can feed only one of theirs.",
    channel: "Channel",
    stock: "Your location",
    external: "Location on the channel",
    nothing: "Feeds nothing",
    all: "The channel (one number for all)",
    unreachable: "The channel could not be asked for its locations. Those that are mapped are shown.",
    preview: "Show what changes",
    save: "Save",
    saved: "Saved. The numbers follow.",
    none: "Nothing changes.",
    added: (count: number) => `gets numbers for the first time, for ${listings(count)}`,
    removed: (count: number) =>
      `gets no numbers any more. Its ${listings(count)} keep what they show there now; set them to zero on the channel if that is wrong`,
    "fed-by-others": (count: number) => `is fed by other stock: the numbers of ${listings(count)} are computed anew`,
    fedBy: (before: string, after: string) =>
      `${before === "" ? "nothing" : before} → ${after === "" ? "nothing" : after}`,
    atLeastOne: "At least one location has to feed the channel.",
  },
  past: {
    heading: "Earlier numbers",
    now: "Now",
    none: "No number has been sent yet.",
    first: "The first number that is kept.",
    same: "The same stock and rules as before: it was sent again.",
    cause,
    culprit,
    showing: (at: string) => `This is the number of ${at}.`,
    backToNow: "Back to now",
    at: "At a moment",
    go: "Go",
    more: "Earlier",
    show: (quantity: string, at: string) => `Explain the ${quantity} of ${at}`,
  },
}
