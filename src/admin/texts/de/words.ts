import type { ConnectionState, HubListingRowState, HubOverviewResponse, IssueSeverity } from "../../../types"

export const CONNECTION_STATES: Readonly<Record<ConnectionState, string>> = {
  draft: "Entwurf",
  testing: "Wird geprüft",
  connected: "Verbunden",
  degraded: "Eingeschränkt",
  "needs-reauthorisation": "Neue Anmeldung nötig",
  paused: "Angehalten",
  maintenance: "Wartung",
  deprecated: "Veraltet",
  disabled: "Abgeschaltet",
}

export const LISTING_STATES: Readonly<Record<HubListingRowState, string>> = {
  "in-sync": "Aktuell",
  held: "Zurückgehalten",
  pending: "Offen",
  skipped: "Ausgelassen",
  failed: "Fehlgeschlagen",
  conflict: "Abgewichen",
  unlinked: "Nicht verknüpft",
  ignored: "Ignoriert",
}

export const SEVERITIES: Readonly<Record<IssueSeverity, string>> = {
  critical: "Kritisch",
  warning: "Warnung",
  info: "Zur Kenntnis",
}

export const REASONS: Readonly<Record<string, string>> = {
  shadow: "eine Vorschau: geschrieben wird erst, wenn du live gehst",
  "mass-change": "Teil einer Massenänderung, die auf dich wartet; Verkauftes geht trotzdem hinaus",
  loop: "etwas anderes ändert diese Zahl auf dem Kanal immer wieder",
  unlinked: "mit keiner Variante verknüpft",
  unmanaged: "der Bestand wird nicht geführt",
  "no-components": "die Variante hat keinen Lagerartikel",
  "no-locations": "kein Ort, der diesen Kanal versorgt, führt es",
  "listing-deleted": "auf dem Kanal gelöscht",
  "compare-failed": "der Kanal hatte eine andere Zahl als gedacht",
  unknown: "der Kanal sagte nicht, ob er die Zahl annahm; sie wird wieder geschrieben",
  auth: "der Kanal lehnt unsere Zugangsdaten ab",
  "rate-limited": "der Kanal bat um weniger Aufrufe; der nächste Versuch kommt von selbst",
  transient: "der Kanal antwortete nicht richtig; der nächste Versuch kommt von selbst",
  "not-found": "der Kanal kennt dieses Angebot nicht",
  conflict: "der Kanal meldet einen Konflikt",
  "invalid-data": "der Kanal lehnt die Daten ab",
  unsupported: "der Kanal kann das nicht",
  bug: "ein Fehler im Hub; bitte melde ihn",
}

export const ISSUES: Readonly<Record<string, string>> = {
  "needs-reauthorisation": "Der Kanal lehnt unsere Zugangsdaten ab",
  "authorisation-ends": "Die Erlaubnis des Kanals endet bald",
  "webhooks-missing": "Der Kanal schickt nicht alles",
  "inbound-message-stuck": "Eine Nachricht des Kanals lässt sich nicht bearbeiten",
  "mass-change-held": "Eine Massenänderung wartet auf dich",
  "loop-held": "Etwas anderes ändert immer wieder Zahlen auf dem Kanal",
  "channel-unreachable": "Der Kanal antwortet nicht",
  "address-refused": "Die Adresse des Kanals darf nicht aufgerufen werden",
  "credentials-unreadable": "Gespeicherte Zugangsdaten sind nicht lesbar",
  "explanation-mismatch": "Eine Zahl lässt sich nicht erklären",
  "order-grew-on-channel": "Eine Bestellung wuchs auf dem Kanal",
  "sold-without-stock": "Etwas ohne Bestand verkauft",
  "engine-trouble": "Der Hub stolpert über etwas",
  oversold: "Mehr verkauft als vorhanden",
  "unmapped-order-line": "Etwas verkauft, das mit keiner Variante verknüpft ist",
  "unknown-order-returned": "Rückgabe einer Bestellung, die wir nie sahen",
  "order-line-cancelled-in-part": "Teilweise storniert",
  "push-not-found": "Angebote, die der Kanal nicht kennt",
  "push-conflict": "Zahlen, für die der Kanal einen Konflikt meldet",
  "push-invalid-data": "Zahlen, die der Kanal ablehnt",
  "push-unsupported": "Zahlen, die der Kanal nicht annehmen kann",
  "push-bug": "Ein Fehler im Hub",
}

export const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: "Vom Kanal angenommen",
  preview: "Eine Vorschau: nicht gesendet",
  "not-sent": "Nicht gesendet",
  conflict: "Nicht angenommen: der Kanal hatte eine andere Zahl",
  failed: "Vom Kanal abgelehnt",
  unknown: "Keine Antwort: unbekannt, ob der Kanal sie annahm",
}

export const CAPTURE: Readonly<Record<Exclude<HubOverviewResponse["capture"], "installed">, string>> = {
  absent:
    "Bestandsänderungen werden nicht in der Datenbank mitgeschrieben. Der Hub verlässt sich auf Medusas Ereignisse und auf seine regelmäßige Prüfung von allem: was an Medusa vorbei geändert wird, durch einen Import oder in SQL, erreicht die Kanäle später. Wenn du das nicht so gewählt hast, fehlt dem Datenbankbenutzer vielleicht das Recht, Trigger anzulegen: siehe das Protokoll des Servers.",
  "not-possible-yet":
    "Die Tabellen des Hubs fehlen noch, deshalb wird keine Bestandsänderung bemerkt. Führe `npx medusa db:migrate` aus und starte den Server neu.",
}

export const inWords = (code: string): string => (code.charAt(0).toUpperCase() + code.slice(1)).replaceAll("-", " ")
