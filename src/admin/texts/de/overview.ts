import { formatCount } from "../../lib/format"
import type { overview as english } from "../en/overview"
import { CONNECTION_STATES, LISTING_STATES, SEVERITIES, REASONS, ISSUES, OUTCOMES, CAPTURE, inWords } from "./words"

export const plural = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** Übersicht, Tabelle der Angebote und Erklärung einer Zahl. */
export const overview: typeof english = {
  plural,
  page: { title: "Kanäle", attention: "Braucht dich", channels: "Kanäle", listings: "Angebote" },
  truth: {
    inSync: (inSync: number, all: number) => `${formatCount(inSync)} von ${plural(all, "Kanal", "Kanälen")} aktuell`,
    oldestPending: (age: string) => `älteste offene Änderung ${age}`,
    nothingPending: "nichts offen",
    attention: (count: number, hasMore: boolean) =>
      count === 0 && !hasMore
        ? "nichts braucht dich"
        : `${hasMore ? "mindestens " : ""}${count === 1 ? "1 Sache braucht" : `${formatCount(count)} Sachen brauchen`} dich`,
    noAnswer: "Der Server antwortet nicht.",
    stale: (age: string) => `Diese Zahlen sind ${age} alt.`,
  },
  attention: {
    none: "Nichts braucht dich.",
    title: (code: string) => ISSUES[code] ?? inWords(code),
    severity: SEVERITIES,
  },
  capture: { label: "Langsamer als nötig", labelBroken: "Der Bestand wird noch nicht beobachtet", text: CAPTURE },
  channel: {
    state: CONNECTION_STATES,
    inSync: "Aktuell",
    pending: "Offen",
    oldestPending: "Älteste offene",
    failed: "Fehlgeschlagen",
    skipped: "Ausgelassen",
    unlinked: "Nicht verknüpft",
    orders: "Bestellungen",
    waitingMessages: "Eingang",
    waitingMessagesHint: "Nachrichten des Kanals, die noch zu bearbeiten sind",
    openIssues: "Offene Probleme",
    latency: (p50: string, p95: string) => `Verzögerung p50 ${p50} · p95 ${p95}`,
    noLatency: "Keine Änderung in den letzten zehn Minuten",
    latencyHint: "Vom Anlass einer Änderung bis der Kanal sie annimmt, in den letzten zehn Minuten",
    none: "keine",
    writes: (changes: number, writes: number) =>
      `${plural(changes, "Änderung", "Änderungen")} · ${plural(writes, "Schreibvorgang", "Schreibvorgänge")}`,
    show: (count: string, what: string, channel: string) => `${count} ${what}: Angebote von ${channel} zeigen`,
  },
  listing: {
    state: LISTING_STATES,
    sku: "SKU",
    title: "Titel",
    channel: "Kanal",
    location: "Ort",
    allLocations: "Alle Orte",
    shouldShow: "Soll zeigen",
    accepted: "Angenommen",
    stateColumn: "Zustand",
    age: "Alter",
    noSku: "keine SKU",
    pack: (size: number) => `Packung zu ${formatCount(size)}`,
    unknownNumber: "unbekannt",
    noNumber: "keine",
    observed: (observed: number) => `der Kanal sagt ${formatCount(observed)}`,
    shown: (count: number, hasMore: boolean) =>
      `${plural(count, "Angebot", "Angebote")} gezeigt${hasMore ? ", es gibt mehr" : ""}`,
    loadMore: "Mehr laden",
    reason: (row) => (row.state_reason === null ? null : (REASONS[row.state_reason] ?? inWords(row.state_reason))),
  },
  filters: {
    search: "Suche",
    searchHint: "SKU oder Titel",
    channel: "Kanal",
    allChannels: "Alle Kanäle",
    state: "Zustand",
    allStates: "Alle Zustände",
    none: "Kein Angebot passt zu diesen Filtern.",
    clear: "Filter zurücksetzen",
  },
  why: {
    title: (quantity: string) => `Warum ${quantity}?`,
    ask: (what: string, quantity: string) => `${what} ${quantity}: zeigen, warum`,
    shouldShow: "Soll zeigen",
    accepted: "Angenommen",
    observed: "Kanal sagte",
    steps: "Wie die Zahl entstand",
    sent: (quantity: number) => `${formatCount(quantity)} wurde an den Kanal gesendet.`,
    lastSent: (quantity: number) =>
      `Zuletzt wurde ${formatCount(quantity)} gesendet. Was folgt, erklärt diese Zahl; eine neuere ist noch nicht gesendet.`,
    nothingSent: "An diesen Kanal wurde noch keine Zahl gesendet, also gibt es nichts zu erklären.",
    noSteps: "Diese Version des Hubs kann die gespeicherte Herleitung nicht lesen.",
    verified: "Nachgerechnet: stimmt",
    verifiedHint: "Aus den gespeicherten Eingaben ergibt sich wieder die gesendete Zahl.",
    notVerified: "Nachgerechnet: ergibt eine andere Zahl",
    notVerifiedHint: "Aus den gespeicherten Eingaben ergibt sich nicht die gesendete Zahl. Bitte melde das.",
    outcome: (outcome: string | null) =>
      outcome === null ? "Noch keine Antwort" : (OUTCOMES[outcome] ?? inWords(outcome)),
    caused: "Ausgelöst",
    computed: "Berechnet",
    settled: "Beantwortet",
    after: (duration: string) => `, ${duration} nach dem Anlass`,
    gone: "Dieses Angebot gibt es nicht mehr.",
  },
  widget: {
    title: "Wo dies verkauft wird",
    nowhere:
      "Dieser Artikel wird auf keinem verbundenen Kanal verkauft. Verknüpfe ein Angebot mit einer seiner Varianten.",
    shows: "Zeigt",
    shouldShow: (quantity: string) => `soll ${quantity} zeigen`,
  },
  empty: {
    title: "Verbinde deinen ersten Kanal",
    trial: "Kein Kanal zur Hand? Das startet einen unechten, der deine eigenen Artikel verkauft:",
    noListings: "Noch keine Angebote. Sie erscheinen, sobald ein verbundener Kanal gelesen ist.",
  },
  errors: {
    unreachable: {
      title: "Der Server antwortet nicht",
      whatToDo: "Prüfe, ob der Medusa-Server läuft und du online bist. Diese Seite versucht es von selbst wieder.",
    },
    notAllowed: {
      title: "Du bist nicht angemeldet",
      whatToDo: "Vielleicht ist deine Sitzung abgelaufen. Lade die Seite neu und melde dich wieder an.",
    },
    forbidden: {
      title: "Du darfst das nicht",
      whatToDo: "Frage einen Inhaber des Hubs. Die Meldung unten sagt, welche Berechtigung es braucht.",
    },
    notFound: {
      title: "Der Hub antwortet hier nicht",
      whatToDo:
        "Der Server läuft ohne medusa-stock-hub oder mit einer älteren Version. Prüfe die Plugins in medusa-config und starte neu.",
    },
    server: {
      title: "Der Server konnte nicht antworten",
      whatToDo: "Versuche es noch einmal. Bleibt es dabei, suche die Meldung unten im Protokoll des Servers.",
    },
    retry: "Noch einmal",
  },
  loading: "Lädt …",
  ago: (age: string) => `vor ${age}`,
}
