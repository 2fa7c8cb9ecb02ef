import type { HubEvidence, HubMappingBatch, HubNumberCause, MappingBatchKind } from "../../../types"
import { formatCount } from "../../lib/format"
import type { mapping as english } from "../en/mapping"
import { inWords } from "./words"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`
const listings = (count: number): string => plural(count, "Angebot", "Angebote")

const DONE: Readonly<Record<MappingBatchKind, string>> = {
  edit: "bearbeitet",
  link: "verknüpft",
  unlink: "getrennt",
  ignore: "ignoriert",
  unignore: "wieder aufgenommen",
  pack: "mit neuer Packungsgröße",
  accept: "wie vorgeschlagen verknüpft",
  reject: "von falschen Vorschlägen befreit",
  create: "von Hand hinzugefügt",
  csv: "aus einer CSV-Datei geändert",
  undo: "wie zuvor gemacht",
}

const SKIPS: Readonly<Record<string, string>> = {
  "same-already": "ist schon so",
  "not-linked": "nicht verknüpft",
  "linked-already": "schon verknüpft",
  ignored: "ignoriert",
  "not-ignored": "nicht ignoriert",
  "no-suggestion": "kein Vorschlag",
  ambiguous: "mehr als eine Variante passt: wähle selbst",
  "score-too-low": "zu unsicher",
}

function evidence(entry: HubEvidence): string {
  switch (entry.code) {
    case "sku":
      return `Gleiche SKU: ${entry.value ?? ""}`
    case "barcode":
      return `Gleicher Barcode: ${entry.value ?? ""}${entry.is_gtin === false ? " (keine gültige GTIN)" : ""}`
    case "sku-normalised":
      return `Gleiche SKU bis auf Schreibweise und Zeichen: ${entry.listing ?? ""} ≈ ${entry.variant ?? ""}`
    case "title":
      return `Titel sind zu ${entry.percent ?? 0} % gleich`
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  buffer: "Puffer",
  minimum: "Mindestmenge",
  cap: "Höchstmenge",
  sharePercent: "Anteil in Prozent",
  backorderQuantity: "Zahl bei Nachbestellung",
  unmanagedQuantity: "Zahl ohne Bestandsführung",
  assembleAcrossLocations: "Sets aus mehreren Lagern",
  managed: "Bestand wird geführt",
  allowBackorder: "Nachbestellung erlaubt",
  ceiling: "was andere Kanäle frei lassen",
  held: "zurückgehaltene Zahl",
  pack_size: "Packungsgröße",
}

const fromTo = (cause: HubNumberCause): string => `${cause.from ?? "nichts"} → ${cause.to ?? "nichts"}`
const itemAt = (cause: HubNumberCause): string =>
  [cause.item, cause.location].filter((part) => part !== null).join(" in ")

const difference = ({ from, to }: HubNumberCause): string => {
  const units = Math.abs(Number(to ?? 0) - Number(from ?? 0))
  return formatCount(Number.isFinite(units) ? units : 0)
}

function cause(entry: HubNumberCause): string {
  switch (entry.code) {
    case "sale":
      return `${difference(entry)} von ${itemAt(entry)} reserviert`
    case "released":
      return `${difference(entry)} von ${itemAt(entry)} nicht mehr reserviert`
    case "fulfilled":
      return `${difference(entry)} von ${itemAt(entry)} aus dem Lager gegangen`
    case "edited":
      return `Bestand von ${itemAt(entry)} bearbeitet: ${fromTo(entry)}`
    case "level":
      return `Bestand von ${itemAt(entry)} neu gezählt: ${fromTo(entry)}`
    case "component":
      return `Die Teile der Variante sind andere: ${entry.item ?? ""} ${fromTo(entry)}`
    case "mapping":
      return `Zuordnung geändert: ${FIELDS[entry.field ?? ""] ?? "Variante"} ${fromTo(entry)}`
    case "rule":
      return `Mengenregel geändert: ${FIELDS[entry.field ?? ""] ?? entry.field ?? ""} ${fromTo(entry)}`
    case "variant":
      return `Variante geändert: ${FIELDS[entry.field ?? ""] ?? entry.field ?? ""} ${fromTo(entry)}`
    case "limit":
      return `Grenze geändert: ${FIELDS[entry.field ?? ""] ?? entry.field ?? ""} ${fromTo(entry)}`
  }
}

function culprit(entry: HubNumberCause): string {
  const order = entry.order_number === null ? null : `Bestellung #${entry.order_number}`
  const channel = entry.order_channel === null ? null : `${entry.order_channel} ${entry.order_external_id ?? ""}`.trim()
  const parts = [entry.who, order, channel].filter((part) => part !== null)
  return parts.length > 0
    ? parts.join(" · ")
    : "Von wem, ist nicht bekannt: es geschah nicht über den Admin oder seine API."
}

/** Angebote und was sie verkaufen: die Seite, ihre Schubladen und ihr Verlauf. */
export const mapping: typeof english = {
  title: "Angebote",
  subtitle: "Was jeder Kanal verkauft, welche Variante das ist und was er zeigt.",
  back: "Kanäle",
  counts: {
    linked: "Verknüpft",
    suggested: "Vorgeschlagen",
    unlinked: "Nicht verknüpft",
    ignored: "Ignoriert",
    show: (count: string, what: string) => `${count} ${what}: zeigen`,
  },
  views: {
    label: "Ansichten",
    all: "Alle",
    failed: "Fehlgeschlagen",
    "pending-long": "Offen > 5 min",
    skipped: "Ausgelassen",
    suggested: "Vorgeschlagen",
    held: "Zurückgehalten",
    drifted: "Abgewichen",
    save: "Ansicht sichern",
    saveTitle: "Diese Filter als Ansicht sichern",
    name: "Name",
    nameHint: "Zum Beispiel: Tassen, die fehlschlagen",
    onlyYou: "Nur du siehst sie. Derselbe Name noch einmal ersetzt sie.",
    remove: (name: string) => `Ansicht ${name} entfernen`,
  },
  filters: { link: "Verknüpfung", allLinks: "Alle", searchHint: "SKU, Titel, fremde Id", clear: "Filter leeren" },
  table: {
    label: "Angebote",
    select: (name: string) => `${name} auswählen`,
    selectAll: "Alle gezeigten auswählen",
    external: "Auf dem Kanal",
    variant: "Variante",
    pack: "Packung",
    observed: "Kanal sagt",
    lastWrite: "Zuletzt geschrieben",
    never: "nie",
    link: "Verknüpfung",
    choose: "Variante wählen",
    score: (score: number) => `Wert ${score}`,
    suggestion: (sku: string) => `Vielleicht ${sku}`,
    ambiguous: "Mehr als eine passt",
    noVariant: "keine",
    review: (name: string) => `Verknüpfung von ${name} prüfen`,
    evidence: (code: string | null) =>
      code === null
        ? ""
        : ({
            sku: "über SKU",
            barcode: "über Barcode",
            person: "von Hand",
            csv: "über CSV",
            "sku-normalised": "über ähnliche SKU",
            title: "über Titel",
          }[code] ?? code),
    keys: "Tasten: j und k bewegen, x wählt aus, Enter prüft die Verknüpfung, w fragt warum.",
    empty: "Noch nichts zuzuordnen: lies zuerst die Angebote eines Kanals ein.",
    emptyLink: "Zu den Kanälen",
  },
  bulk: {
    label: "Was mit den ausgewählten Angeboten geschehen soll",
    selected: (count: number) => `${listings(count)} ausgewählt`,
    allMatching: "Alle auswählen, auf die die Filter passen",
    allSelected: "Alle, auf die die Filter passen",
    clear: "Auswahl leeren",
    accept: "Vorschläge annehmen",
    reject: "Vorschläge ablehnen",
    link: "Verknüpfen",
    unlink: "Trennen",
    ignore: "Ignorieren",
    unignore: "Wieder aufnehmen",
    pack: "Packungsgröße setzen",
    confirm: "So machen",
    cancel: "Abbrechen",
    close: "Schließen",
    checking: "Sieht nach, was sich ändern würde …",
    will: (count: number) =>
      count === 0
        ? "Nichts würde sich ändern."
        : count === 1
          ? "1 Angebot ändert sich."
          : `${listings(count)} ändern sich.`,
    skipped: (count: number, reason: string) =>
      `${formatCount(count)} bleiben, wie sie sind: ${SKIPS[reason] ?? inWords(reason)}`,
    minScore: "Niedrigster Wert, der angenommen wird",
    minScoreHint:
      "100 ist die gleiche SKU, 95 ein gültiger Barcode, 85 eine SKU, die sich nur in Schreibweise und Zeichen unterscheidet, weniger eine Ähnlichkeit der Titel.",
    packSize: "Stück in einer Einheit auf dem Kanal",
    packHint: "Bei einer Packung von 6 und 20 auf Lager zeigt der Kanal 3.",
    means: {
      accept: "Die Angebote bekommen ihre Variante, und der Kanal deren Zahlen.",
      reject: "Diese Varianten werden für diese Angebote nie wieder vorgeschlagen. Auf dem Kanal ändert sich nichts.",
      link: "Der Kanal bekommt die Zahlen dieser Variante.",
      unlink:
        "Der Kanal behält die Zahl, die er jetzt zeigt. Der Hub schreibt sie nicht mehr, sie folgt deinem Bestand also nicht mehr.",
      ignore:
        "Der Kanal behält die Zahl, die er jetzt zeigt. Der Hub schreibt sie nicht mehr und fragt nicht mehr danach.",
      unignore: "Angebote mit Variante werden wieder geschrieben; die anderen sind nicht verknüpft.",
      pack: "Die Zahlen werden neu berechnet und gesendet.",
    },
    failed: "Es wurde nicht gemacht.",
  },
  undo: {
    label: "Letzte Änderung",
    what: (batch: HubMappingBatch) => `${listings(batch.item_count)} ${DONE[batch.kind]}`,
    by: (name: string | null) => (name === null ? "vom Hub" : `von ${name}`),
    button: "Rückgängig",
    undone: (name: string | null) => `rückgängig gemacht ${name === null ? "" : `von ${name}`}`.trim(),
    left: (count: number) => `${listings(count)} gelassen: seither geändert`,
    leftTitle: "Gelassen, weil seither geändert:",
    history: "Verlauf",
    historyTitle: "Änderungen der Zuordnung",
    historyText:
      "Jede Änderung wird aufbewahrt. Rückgängig machen stellt wieder her, was seither nichts anderes geändert hat, und ist selbst eine Änderung.",
    none: "Von Hand wurde noch nichts geändert.",
    more: "Mehr laden",
    skipped: (count: number) => `${formatCount(count)} gelassen`,
    file: (name: string) => `Datei ${name}`,
  },
  review: {
    title: (name: string) => `Was ist ${name}?`,
    channelSays: "Was der Kanal sagt",
    externalId: "Fremde Id",
    sku: "SKU",
    barcode: "Barcode",
    none: "keine",
    linkedTo: "Verknüpft mit",
    notLinked: "Nicht verknüpft",
    unlinkedByPerson: "Jemand hat es getrennt. Ein Einlesen verknüpft es nicht von selbst wieder.",
    ignored: "Ignoriert",
    suggestions: "Vorschläge",
    noSuggestions: "Nichts im Shop sieht danach aus.",
    ambiguous: "Mehr als eine Variante passt etwa gleich gut. Der Hub entscheidet das nie selbst: wähle eine.",
    score: "Wert",
    evidence,
    choose: "Verknüpfen",
    chosen: "Verknüpft",
    refuseAll: "Keine davon",
    search: "Andere Variante",
    searchHint: "SKU, Titel oder Barcode",
    noVariants: "Keine Variante gefunden.",
    pack: "Stück in einer Einheit",
    unlink: "Trennen",
    ignore: "Ignorieren",
    unignore: "Wieder aufnehmen",
    unlinkMeans:
      "Beim Trennen oder Ignorieren bleibt die Zahl auf dem Kanal, wie sie ist. Der Hub schreibt sie nicht mehr.",
    done: "Gesichert. Die Zahl folgt.",
    previous: "Voriges",
    next: "Nächstes",
  },
  create: {
    button: "Angebot hinzufügen",
    title: "Ein Angebot hinzufügen, das nicht eingelesen wurde",
    text: "Für ein Angebot, das es auf dem Kanal gibt, das aber nicht mit eingelesen wurde. Ob der Kanal es kennt, zeigt das erste Schreiben.",
    channel: "Kanal",
    externalId: "Fremde Id",
    externalIdHint: "Die eigene Id des Kanals für das Angebot, nicht seine SKU.",
    sku: "SKU auf dem Kanal",
    name: "Titel",
    optional: "freiwillig",
    variant: "Variante",
    publish:
      "Um ein Angebot auf dem Kanal selbst anzulegen, geh auf den Kanal: kein Connector des Hubs kann das bisher. Lies es danach ein.",
    save: "Hinzufügen und verknüpfen",
  },
  suggest: {
    button: "Neu suchen",
    hint: "Verknüpft über SKU und schlägt neu vor, zum Beispiel nachdem Produkte dazugekommen sind.",
  },
  csv: {
    button: "CSV",
    title: "Zuordnung als CSV",
    export: "Herunterladen",
    exportText:
      "Eine Zeile für jedes Angebot, auf das die Filter passen. Ändere link_state, variant_sku und pack_size und lade die Datei wieder hoch. Eine Zeile mit neuer external_id fügt ein Angebot hinzu.",
    comma: "Komma",
    semicolon: "Semikolon",
    import: "Hochladen",
    importText:
      "UTF-8, getrennt durch Komma, Semikolon oder Tabulator, höchstens 10.000 Zeilen. Du siehst, was sich ändern würde, bevor sich etwas ändert.",
    choose: "Datei wählen",
    reading: "Vergleicht …",
    rows: "Zeilen",
    changed: "Geändert",
    created: "Neu",
    unchanged: "Gleich",
    bad: "Falsch",
    problems: "Was falsch ist",
    line: (line: number) => `Zeile ${formatCount(line)}`,
    differences: "Was sich ändert",
    first: (shown: number, all: number) => `Die ersten ${formatCount(shown)} von ${formatCount(all)}.`,
    allOrNothing: "Nichts ändern, solange nicht jede Zeile stimmt",
    apply: (count: number) => `${listings(count)} ändern`,
    nothing: "Die Datei sagt, was schon so ist: es gibt nichts zu ändern.",
    refused: "Nichts wurde geändert, weil einige Zeilen falsch sind.",
    applied: (count: number) => `${listings(count)} geändert. Auf der Seite kannst du es rückgängig machen.`,
    before: "vorher",
    empty: "leer",
    another: "Andere Datei",
  },
  locations: {
    button: "Orte",
    title: "Welcher Bestand welchen Ort speist",
    text: "Mehrere deiner Orte können einen des Kanals speisen; ihr Bestand wird addiert. Einer von deinen kann nur einen von seinen speisen.",
    channel: "Kanal",
    stock: "Dein Ort",
    external: "Ort auf dem Kanal",
    nothing: "Speist nichts",
    all: "Der Kanal (eine Zahl für alles)",
    unreachable: "Der Kanal konnte nicht nach seinen Orten gefragt werden. Die zugeordneten sind zu sehen.",
    preview: "Zeigen, was sich ändert",
    save: "Sichern",
    saved: "Gesichert. Die Zahlen folgen.",
    none: "Nichts ändert sich.",
    added: (count: number) => `bekommt zum ersten Mal Zahlen, für ${listings(count)}`,
    removed: (count: number) =>
      `bekommt keine Zahlen mehr. ${listings(count)} behalten, was sie dort jetzt zeigen; setze sie auf dem Kanal auf null, wenn das falsch ist`,
    "fed-by-others": (count: number) =>
      `wird von anderem Bestand gespeist: die Zahlen von ${listings(count)} werden neu berechnet`,
    fedBy: (before: string, after: string) =>
      `${before === "" ? "nichts" : before} → ${after === "" ? "nichts" : after}`,
    atLeastOne: "Mindestens ein Ort muss den Kanal speisen.",
  },
  past: {
    heading: "Frühere Zahlen",
    now: "Jetzt",
    none: "Noch wurde keine Zahl gesendet.",
    first: "Die erste Zahl, die aufbewahrt ist.",
    same: "Bestand und Regeln wie zuvor: sie wurde noch einmal gesendet.",
    cause,
    culprit,
    showing: (at: string) => `Das ist die Zahl von ${at}.`,
    backToNow: "Zurück zu jetzt",
    at: "Zu einem Zeitpunkt",
    go: "Los",
    more: "Früher",
    show: (quantity: string, at: string) => `Die ${quantity} von ${at} erklären`,
  },
}
