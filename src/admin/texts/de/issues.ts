import { formatCount } from "../../lib/format"
import type { issues as english } from "../en/issues"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** Probleme: was eine Person braucht, nach Ursache. */
export const issues: typeof english = {
  title: "Probleme",
  about: "Was dich braucht, nach Ursache. Das meiste endet von selbst, wenn die Ursache weg ist.",
  tab: { open: "Offen", dismissed: "Ausgeblendet", resolved: "Erledigt" },
  tabs: "Probleme nach Zustand",
  none: {
    open: "Nichts braucht dich.",
    dismissed: "Nichts ist ausgeblendet.",
    resolved: "Noch nichts ist erledigt.",
  },
  affects: (issues: number, listings: number) =>
    listings > 0
      ? `${plural(issues, "Problem", "Probleme")} · ${plural(listings, "Angebot", "Angebote")}`
      : plural(issues, "Problem", "Probleme"),
  seen: (count: number) => `${formatCount(count)}-mal gesehen`,
  since: "seit",
  last: "zuletzt",
  show: (count: number) => `${plural(count, "Problem", "Probleme")} zeigen`,
  hide: "Schließen",
  do: {
    "show-listings": "Angebote zeigen",
    "show-unlinked": "Angebote verknüpfen",
    release: "Freigeben",
    reauthorise: "Zugangsdaten eingeben",
    retry: "Noch einmal übertragen",
    "show-connection": "Verbindung öffnen",
    resolve: "Als erledigt merken",
  },
  releaseAsk: (channel: string) => `Zurückgehaltenes von ${channel} freigeben?`,
  releaseText:
    "Jede zurückgehaltene Zahl geht jetzt hinaus. Danach wird wieder gewacht. Sieh dir die zurückgehaltenen Angebote vorher an.",
  releaseKeep: "Weiter zurückhalten",
  released: (count: number) => `${plural(count, "Zahl", "Zahlen")} freigegeben.`,
  pushed: "Die Zahlen werden in einem neuen Lauf noch einmal übertragen.",
  dismiss: "Ausblenden, bis es sich ändert",
  dismissed: (count: number) =>
    `${plural(count, "Problem", "Probleme")} ausgeblendet, bis etwas anderes gemeldet wird.`,
  reopen: "Wieder zeigen",
  reopened: (count: number) => `${plural(count, "Problem", "Probleme")} wieder offen.`,
  resolved: (count: number) => `${plural(count, "Problem", "Probleme")} als erledigt gemerkt.`,
  endedBySelf: "von selbst beendet",
  endedByPerson: "als erledigt gemerkt",
  all: "Alle Probleme",
  advice: {
    "needs-reauthorisation":
      "Gib die Zugangsdaten neu ein oder erlaube es neu. Die Arbeit wartet und geht von selbst weiter.",
    "authorisation-ends": "Erlaube es auf der Seite der Verbindung neu, bevor sie endet.",
    "webhooks-missing":
      "Sieh nach, was die App dort darf, und repariere es unter Nachrichten auf der Seite der Verbindung.",
    "credentials-unreadable": "Setze den richtigen Schlüssel wieder ein, oder gib die Zugangsdaten neu ein.",
    "mass-change-held":
      "Sieh dir die zurückgehaltenen Angebote an. Ist die Änderung gewollt, gib sie frei; sonst berichtige den Bestand.",
    "loop-held": "Finde das andere Programm, das Bestand auf diesen Kanal schreibt, und schalte es ab. Gib dann frei.",
    "channel-unreachable":
      "Warte: Der nächste Versuch kommt von selbst. Bleibt es dabei, sieh auf der Statusseite des Kanals nach.",
    "address-refused": "Erlaube die Adresse in den Optionen des Plugins, oder berichtige die Adresse der Verbindung.",
    "inbound-message-stuck": "Gib die Bestellung von Hand ein, falls es eine ist, und merke dies als erledigt.",
    "engine-trouble": "Der nächste Versuch kommt von selbst. Bleibt es dabei, rufe hub doctor auf.",
    oversold: "Entscheide, welche Bestellung wartet oder storniert wird, und merke dies als erledigt.",
    "sold-without-stock": "Berichtige den Bestand, oder storniere die Zeile, und merke dies als erledigt.",
    "unmapped-order-line": "Verknüpfe das Angebot mit der verkauften Variante. Reserviere diese eine von Hand.",
    "unknown-order-returned": "Dafür war nichts reserviert. Lege die Ware von Hand zurück, falls sie da ist.",
    "order-line-cancelled-in-part": "Prüfe die Bestellung in Medusa und merke dies als erledigt.",
    "order-grew-on-channel": "Prüfe die Bestellung in Medusa und merke dies als erledigt.",
    "explanation-mismatch": "Melde es mit den Kennungen unten.",
    "push-not-found": "Sieh nach, ob es diese Angebote auf dem Kanal noch gibt. Ignoriere die anderen.",
    "push-conflict": "Lies die Antwort des Kanals und übertrage dann noch einmal.",
    "push-invalid-data": "Öffne die Angebote auf dem Kanal: Ihnen fehlt etwas, das er verlangt.",
    "push-unsupported": "Ignoriere diese Angebote, oder verkaufe sie auf diesem Kanal ohne Bestand.",
    "push-bug": "Übertrage noch einmal. Kommt es wieder, melde es.",
  },
}
