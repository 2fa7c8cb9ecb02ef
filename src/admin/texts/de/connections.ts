import type {
  ConnectionChangeKind,
  ConnectionOperation,
  HubSupportLevel,
  PersonalConnectionEvent,
  RunKind,
  RunState,
  SetupStep,
  WriteMode,
} from "../../../types"
import type { Texts } from "../texts"
import { formatCount } from "../../lib/format"
import { plural } from "./overview"
import { inWords, ISSUES, LISTING_STATES } from "./words"
import { STEPS, wizard } from "./wizard"

/** Teile des Vertrags, die ein Connector bestanden hat. */
const PARTS: Readonly<Record<string, string>> = {
  reading: "Lesen",
  "writing-stock": "Bestand schreiben",
  "reading-stock": "Bestand lesen",
  "compare-and-set": "Vergleichen und setzen",
  orders: "Bestellungen",
  webhooks: "Webhooks",
}

const MODES: Readonly<Record<WriteMode, string>> = { shadow: "Schatten", live: "Live" }

const SUPPORT: Readonly<Record<HubSupportLevel, string>> = {
  full: "Vollständig geprüft",
  stock: "Bestand geprüft",
  "read-only": "Lesen geprüft",
  untested: "Nicht geprüft",
}

const OPERATIONS: Readonly<Record<ConnectionOperation, readonly [name: string, hint: string]>> = {
  "read-listings": ["Angebote lesen", "Um zu wissen, was der Kanal verkauft."],
  "read-stock": ["Bestand lesen", "Zum Vergleichen und für die Vorschau, bevor etwas geschrieben wird."],
  "write-stock": ["Bestand schreiben", "Ohne das bleibt die Verbindung im Schatten: Sie rechnet und schreibt nichts."],
  "read-orders": ["Bestellungen lesen", "Damit hier sinkt, was dort verkauft wird."],
  webhooks: ["Nachrichten empfangen", "Der Kanal meldet einen Verkauf in Sekunden statt in einer Minute."],
}

const EVENTS: Readonly<Record<PersonalConnectionEvent, string>> = {
  pause: "Pausieren",
  resume: "Fortsetzen",
  maintain: "In Wartung nehmen",
  disable: "Abschalten",
}

const RUN_KINDS: Readonly<Partial<Record<RunKind, string>>> = {
  "import-listings": "Import der Angebote",
  "sync-all": "Abgleich von allem",
  "sync-single": "Abgleich einzelner Angebote",
  "retry-failed": "Fehlgeschlagenes noch einmal versuchen",
  reconcile: "Vergleich mit dem Kanal",
  "take-snapshot": "Lesen für die Vorschau",
  "go-live": "Livegang",
  sweep: "Durchsicht",
  "restore-snapshot": "Zurücksetzen auf einen Schnappschuss",
  "zero-quantities": "Alle Zahlen auf null setzen",
}

const RUN_STATES: Readonly<Record<RunState, string>> = {
  queued: "Wartet",
  running: "Läuft",
  succeeded: "Gelungen",
  "succeeded-with-problems": "Mit Problemen gelungen",
  failed: "Fehlgeschlagen",
  cancelled: "Abgebrochen",
}

const SNAPSHOTS: Readonly<Record<string, string>> = {
  "first-write": "vor dem ersten Schreiben",
  preview: "für eine Vorschau",
  "take-snapshot": "für eine Vorschau",
  "go-live": "vor dem Livegang",
}

const CHANGES: Readonly<Record<ConnectionChangeKind, string>> = {
  state: "Zustand geändert",
  settings: "Einstellungen geändert",
  credentials: "Zugangsdaten ersetzt",
  mode: "Modus geändert",
}

const FIELDS: Readonly<Record<string, string>> = {
  name: "Name",
  tags: "Schlagwörter",
  sales_channel_id: "Vertriebskanal",
  quantity_rule: "Mengenregel",
  allowed_operations: "Erlaubte Tätigkeiten",
  request_timeout_ms: "Längste Anfrage, ms",
  most_attempts: "Meiste Versuche",
  error_mapping: "Fehlerzuordnung",
  daily_quota: "Meiste Aufrufe am Tag",
  retention_days: "Verlauf aufheben, Tage",
  locations: "Lagerorte",
  state: "Zustand",
  write_mode: "Modus",
}

export const connections: Texts["connections"] = {
  title: "Verbindungen",
  subtitle: "Jeder Kanal, den der Hub im Gleichstand hält, und wie es um ihn steht.",
  create: "Kanal verbinden",
  empty: {
    title: "Noch ist kein Kanal verbunden",
    text: "Verbinde einen in sieben kurzen Schritten. Es wird nichts geschrieben, bevor du die Vorschau gesehen und zugestimmt hast.",
  },
  mode: MODES,
  operations: OPERATIONS,
  keepSecretHint: (help: string | null) =>
    `Gespeichert. Lass es leer, um es zu behalten.${help === null ? "" : ` ${help}`}`,
  modeHint: { shadow: "Rechnet alles aus und schreibt nichts.", live: "Schreibt Zahlen in den Kanal." },
  columns: {
    name: "Verbindung",
    connector: "Connector",
    state: "Zustand",
    mode: "Modus",
    fresh: "Frische",
    tags: "Schlagwörter",
  },
  resume: "Einrichtung fortsetzen",
  resumeAt: (step: SetupStep) => `Einrichtung angehalten bei: ${STEPS[step]}`,
  remove: "Entwurf löschen",
  removeConfirm: (name: string) => `Den Entwurf „${name}“ löschen? Er war nie verbunden; sonst geht nichts verloren.`,
  fresh: (inSync: number, all: number) => `${formatCount(inSync)} von ${formatCount(all)} aktuell`,
  oldest: (age: string) => `älteste Änderung ${age}`,
  level: "nichts steht aus",
  cancel: "Abbrechen",
  save: "Speichern",
  back: "Zurück",
  next: "Weiter",
  close: "Schließen",
  done: "Fertig",
  optional: "freiwillig",
  notFound: "Diese Verbindung gibt es nicht.",
  allConnections: "Alle Verbindungen",
  refused: "Das wurde nicht getan",
  tested: (ms: number) => `Der Kanal hat in ${formatCount(ms)} ms geantwortet.`,
  moreSettings: "Weitere Einstellungen",
  testFailed: "Der Kanal war nicht zu erreichen, wie es sein soll",
  locked: {
    code: (where: string) => `Im Code gesetzt (${where}); hier nicht zu ändern.`,
    environment: (where: string) => `Von der Umgebung gesetzt (${where}); hier nicht zu ändern.`,
  },
  catalogue: {
    by: (developer: string) => `von ${developer}`,
    version: (version: string) => `Version ${version}`,
    support: SUPPORT,
    supportHint: "Wie viel vom Vertrag für Connectoren er bestanden hat. Das ist ausgerechnet, nicht behauptet.",
    can: "Erprobt",
    needs: "Braucht",
    guide: "So richtest du ihn ein",
    more: "Mehr",
    builtIn: "Kommt mit dem Hub",
    thirdParty: "Von deinem Shop ergänzt",
    passed: (part: string) => PARTS[part] ?? inWords(part),
    choose: (name: string) => `${name} wählen`,
    used: (count: number) => plural(count, "Verbindung", "Verbindungen"),
  },
  wizard,
  detail: {
    tabs: {
      status: "Status",
      timeline: "Verlauf",
      listings: "Angebote",
      messages: "Nachrichten",
      settings: "Einstellungen",
      credentials: "Zugangsdaten",
    },
    actions: "Aktionen",
    events: EVENTS,
    test: "Verbindung prüfen",
    syncNow: "Jetzt abgleichen",
    goLive: "Live gehen",
    toShadow: "Zurück in den Schatten",
    restore: "Schnappschuss zurücksetzen",
    disconnect: "Trennen",
    release: "Zurückgehaltene Zahlen freigeben",
    reconnect: "Wieder verbinden",
    started: "Es läuft. Der Verlauf zeigt, wie weit es ist.",
    version: (version: number) => `Version ${formatCount(version)}`,
    whatToDo: "Was zu tun ist",
    shadowAdvice:
      "Im Schatten wird nichts in den Kanal geschrieben. Sieh dir die Vorschau an und geh live, wenn sie stimmt.",
    advice: {
      draft: "Sie ist noch nicht eingerichtet. Setze die Einrichtung fort.",
      testing: "Sie wird gerade ausprobiert. Das dauert Sekunden.",
      connected: "Nichts. Sie läuft.",
      degraded:
        "Der Kanal antwortet nicht richtig. Der Hub versucht es von selbst wieder und sendet, was sich inzwischen geändert hat.",
      "needs-reauthorisation": "Gib die Zugangsdaten neu ein. Die Arbeit wartet und geht von selbst weiter.",
      paused: "Jemand hat sie pausiert. Änderungen warten, bis du sie fortsetzt.",
      maintenance: "Sie ist in Wartung. Änderungen warten, bis du sie fortsetzt.",
      deprecated: "Ihr Connector ist nicht installiert. Ergänze ihn in den Plugin-Optionen und starte den Server neu.",
      disabled: "Sie ist getrennt. Ihr Verlauf bleibt. Verbinde sie wieder, wann du willst.",
    },
    numbers: "Zahlen",
    counts: {
      linked: "Verknüpft",
      in_sync: LISTING_STATES["in-sync"],
      pending: LISTING_STATES.pending,
      held: LISTING_STATES.held,
      failed: LISTING_STATES.failed,
      skipped: LISTING_STATES.skipped,
      unlinked: "Nicht verknüpft",
      ignored: "Ignoriert",
    },
    lane: "Der Weg zum Kanal",
    breaker: "Sicherung",
    breakerState: {
      closed: "Geschlossen: Aufrufe gehen durch",
      open: "Offen: Der Kanal bleibt eine Weile in Ruhe",
      "half-open": "Halb offen: Ein Aufruf probiert, ob er antwortet",
    },
    failures: (count: number) => `${plural(count, "Fehlschlag", "Fehlschläge")} hintereinander`,
    notBefore: "Kein Aufruf vor",
    guard: "Wächter",
    guardState: {
      watching: "Wacht",
      holding: "Hält eine Massenänderung für dich",
      released: "Von einem Menschen freigegeben",
    },
    limits: "Grenzen",
    noLimits: "Keine erklärt: so schnell, wie der Kanal es nimmt.",
    perSecond: (rate: number) => `${formatCount(rate)} Aufrufe je Sekunde`,
    quota: (used: number, all: number) => `${formatCount(used)} von ${formatCount(all)} Aufrufen heute`,
    pausedUntil: "vom Kanal angehalten bis",
    health: "Letzte Prüfung",
    healthy: (ms: number) => `hat in ${formatCount(ms)} ms geantwortet`,
    neverChecked: "noch nicht geprüft; geprüft wird jede Minute",
    latency: "Von der Änderung zum Kanal",
    noLatency: "Keine Änderung in den letzten zehn Minuten",
    oldest: "Älteste offene Änderung",
    none: "keine",
    listings: (count: number) => plural(count, "Angebot", "Angebote"),
    openListings: "In Angebote & Zuordnung zeigen",
    listingsHint: "Angebote werden auf einer eigenen Seite verknüpft, gefiltert und geändert.",
    timelineEmpty: "Noch ist nichts geschehen.",
    byHub: "dem Hub",
    by: (who: string) => `von ${who}`,
    change: CHANGES,
    field: (name: string) => FIELDS[name] ?? inWords(name.replaceAll("_", "-")),
    nothing: "nichts",
    fromTo: (from: string, to: string) => `${from} → ${to}`,
    run: (kind: RunKind) => RUN_KINDS[kind] ?? inWords(kind),
    runState: RUN_STATES,
    runCounts: (total: number, failed: number) =>
      failed > 0
        ? `${plural(total, "Posten", "Posten")}, ${formatCount(failed)} fehlgeschlagen`
        : plural(total, "Posten", "Posten"),
    issue: (code: string) => ISSUES[code] ?? inWords(code),
    resolved: "Gelöst",
    open: "Offen",
    loadMore: "Mehr laden",
    edit: "Bearbeiten",
    editTitle: "Einstellungen",
    editHint: "Einstellungen des Kanals werden ausprobiert, bevor etwas gespeichert wird.",
    general: "Allgemein",
    channelSettings: "Einstellungen des Kanals",
    behaviour: "Verhalten",
    tagsHint: "Durch Kommas getrennt.",
    requestTimeout: "Längste Anfrage, in Millisekunden",
    requestTimeoutHint: "1.000 bis 60.000. Leer für die des Hubs.",
    mostAttempts: "Meiste Versuche für eine Zahl",
    mostAttemptsHint:
      "Nach so vielen Fehlschlägen wird eine Zahl aufgegeben und gemeldet. Leer versucht es immer weiter.",
    dailyQuota: "Meiste Aufrufe am Tag",
    dailyQuotaHint: "Neben den Grenzen des Kanals. Leer für keine eigene Grenze.",
    retention: "Verlauf aufheben, in Tagen",
    retentionHint: "1 bis 90. Leer hebt ihn so lange auf wie bei allen.",
    errorMapping: "Fehlerzuordnung",
    errorMappingHint: "Eine je Zeile: wie der Kanal es nennt = wofür es gelten soll, zum Beispiel 422 = transient.",
    errorMappingWrong: (line: string) => `„${line}“ hat nicht die Form Code = Art.`,
    salesChannel: "Vertriebskanal",
    places: "Lagerorte",
    allowed: "Erlaubte Tätigkeiten",
    yes: "ja",
    no: "nein",
    default: "wie beim Hub",
    credential: "Geheimnis",
    storedAt: "Gespeichert",
    replace: "Ersetzen",
    replaceTitle: "Zugangsdaten ersetzen",
    replaceHint:
      "Neue Werte werden ausprobiert, bevor sie die alten ersetzen. Was du leer lässt, bleibt. Sie werden nie wieder gezeigt.",
    masked: "••••••••",
    secretValue: "Wert",
    unreadable: "Die Schlüssel können es nicht öffnen. Ersetze es.",
    ownSecret: "vom Hub gemacht, um Nachrichten zu prüfen",
    noCredentials: "Kein Geheimnis ist gespeichert.",
    snapshotTitle: "Schnappschuss zurücksetzen",
    snapshotHint:
      "Der Kanal bekommt zurück, was er damals zeigte. Die Verbindung geht in den Schatten und bleibt dort, bis du wieder live gehst.",
    noSnapshots: "Noch gibt es keinen Schnappschuss. Vor dem Livegang wird einer gemacht.",
    snapshotReason: (reason: string) => SNAPSHOTS[reason] ?? inWords(reason),
    snapshotItems: (count: number) => plural(count, "Zahl", "Zahlen"),
    putBack: "Zurücksetzen",
    disconnectTitle: (name: string) => `${name} trennen?`,
    disconnectText: (linked: number, above: number) =>
      `${plural(linked, "Angebot ist", "Angebote sind")} verknüpft; bei ${formatCount(above)} zeigt der Kanal mehr als null. Der Verlauf bleibt, und du kannst sie wieder verbinden.`,
    leave: "Zahlen stehen lassen",
    leaveHint: "Der Kanal verkauft weiter, was er zeigt. Niemand berichtigt ihn mehr.",
    zero: "Alle Zahlen auf null setzen",
    zeroHint: (above: number) =>
      `${plural(above, "Zahl geht", "Zahlen gehen")} zuerst auf null, als Lauf, dem du folgen kannst.`,
    syncTitle: "Jetzt alles abgleichen?",
    syncText: (numbers: number, pending: number) =>
      `${plural(numbers, "Zahl wird", "Zahlen werden")} neu ausgerechnet und geschrieben, wo der Kanal eine andere zeigt. ${formatCount(pending)} warten schon. Die Vorschau zeigt, was sich unterscheidet.`,
    goLiveTitle: "Live gehen?",
    goLiveText: (numbers: number) =>
      `Der Hub hält fest, was der Kanal zeigt, und schreibt dann bis zu ${plural(numbers, "Zahl", "Zahlen")}. Sieh dir vorher die Vorschau an.`,
    openPreview: "Vorschau",
    confirm: "Starten",
    activeRuns: (count: number) => `${plural(count, "Lauf", "Läufe")} bei der Arbeit`,
  },
}
