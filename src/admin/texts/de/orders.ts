import type { ChannelOrderFilter, ParcelState, TotalsDifference } from "../../../types"
import { formatCount } from "../../lib/format"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** Bestellungen der Kanäle: die Liste, und was die Seite einer Bestellung davon zeigt. */
export const orders = {
  title: "Bestellungen der Kanäle",
  about: "Was auf deinen Kanälen verkauft und in Medusa übernommen wurde.",
  tabs: "Welche Bestellungen",
  tab: { all: "Alle", held: "Angehalten", flagged: "Markiert" } satisfies Record<ChannelOrderFilter, string>,
  none: {
    all: "Noch wurde keine Bestellung eines Kanals übernommen. Der nächste Verkauf erscheint hier binnen Sekunden.",
    held: "Keine Bestellung ist angehalten: Medusa kommt auf dieselben Summen wie die Kanäle.",
    flagged: "Keine Bestellung hat Zeilen, die mit nichts verknüpft oder über den Bestand hinaus verkauft sind.",
  } satisfies Record<ChannelOrderFilter, string>,
  column: {
    order: "Bestellung",
    channel: "Kanal",
    placed: "Bestellt",
    total: "Summe",
    state: "Zustand",
    inMedusa: "In Medusa",
  },
  inMedusa: (displayId: number) => `#${displayId}`,
  notInMedusa: "keine",
  more: "Mehr zeigen",
  widget: {
    title: "Kanal",
    number: "Bestellnummer",
    open: (channel: string) => `Auf ${channel} öffnen`,
    placed: "Bestellt",
    paidIn: (total: string, currency: string) => `Bezahlt wurden ${total} ${currency}`,
    reserved: (count: number) => `${plural(count, "Stück", "Stück")} reserviert`,
  },
  state: {
    held: "Angehalten",
    equal: "Summen gleich",
    released: "Durchgelassen",
    different: "Summen verschieden",
    unchecked: "Nicht verglichen",
    cancelled: "Storniert",
    historic: "Aus der Zeit vor der Verbindung",
    test: "Test",
    oversold: "Überverkauft",
    unmapped: "Unverknüpfte Zeilen",
    refunded: "Erstattet",
  },
  check: {
    title: "Summen",
    equal: (total: string) => `Wie bestellt kommt Medusa auf ${total}, und der Kanal auch.`,
    unchecked: "Der Kanal nennt keine Summen, darum wurde nichts verglichen.",
    different: "Kanal und Medusa kommen nicht auf dasselbe.",
    held: "Die Bestellung ist übernommen und ihr Bestand reserviert. Sieh dir die Zeilen an, dann lass sie durch oder berichtige sie auf dem Kanal.",
    released: (by: string) => `Durchgelassen von ${by}.`,
    what: {
      total: "Summe",
      tax: "Steuer",
      discount: "Rabatte",
      shipping: "Versand",
      "current-total": "Summe jetzt",
    } satisfies Record<TotalsDifference["what"], string>,
    channel: "Kanal",
    medusa: "Medusa",
    line: "Zeile",
    caption: "Was der Käufer zahlt, nach dem Kanal und nach Medusa",
    differs: "verschieden",
  },
  release: {
    button: "Durchlassen",
    ask: (number: string) => `Bestellung ${number} durchlassen?`,
    text: "Die Bestellung geht mit den Summen weiter, auf die Medusa kommt. Ändert der Kanal sie und weichen die Summen anders ab, wird sie wieder angehalten.",
    keep: "Angehalten lassen",
    done: "Die Bestellung geht weiter.",
  },
  unmapped: (units: number, title: string) =>
    `${formatCount(units)} × ${title}: mit keiner Variante verknüpft, kein Bestand reserviert.`,
  linkListing: "Angebot verknüpfen",
  oversold: (sku: string, missing: number) => `${sku}: ${plural(missing, "Stück", "Stück")} mehr zugesagt als da sind.`,
  refund: (units: number, restocked: number) =>
    units === 0
      ? "nur Geld"
      : `${plural(units, "Einheit", "Einheiten")}, ${restocked === units ? "wieder im Bestand" : restocked === 0 ? "nicht im Verkauf" : `${formatCount(restocked)} wieder im Bestand`}`,
  refunds: "Erstattungen",
  parcels: {
    title: "Pakete",
    none: "Noch kein Paket. Der Kanal erfährt davon, sobald es verschickt ist oder eine Sendungsnummer hat.",
    state: { waiting: "Wartet", confirmed: "Bestätigt", skipped: "Nichts zu melden" } satisfies Record<
      ParcelState,
      string
    >,
    units: (count: number) => plural(count, "Einheit", "Einheiten"),
    noNumber: "ohne Nummer",
    again: (attempts: number) => `${plural(attempts, "Versuch", "Versuche")}, wird von selbst wiederholt`,
  },
  rules: {
    open: "Pakete und frühere Bestellungen",
    title: "Pakete und frühere Bestellungen",
    about: "Was ein Kanal von deinen Paketen erfährt, und welche seiner Bestellungen nach Medusa kommen.",
    parcels: "Pakete",
    carriers: "Paketdienste",
    carriersHint:
      "Einer je Zeile: wie Medusa ihn nennt (ein Fulfillment-Anbieter, oder carrier in den Metadaten eines Fulfillments) = wie der Kanal ihn nennt.",
    badLine: (line: string) => `Diese Zeile ist kein Paar: ${line}`,
    notify: "Der Kanal schreibt dem Käufer, wenn ein Paket verschickt ist",
    save: "Speichern",
    saved: "Gespeichert. Es gilt ab dem nächsten Paket.",
  },
  importPast: {
    title: "Frühere Bestellungen",
    button: "Frühere Bestellungen übernehmen",
    ask: (channel: string) => `Die früheren Bestellungen von ${channel} übernehmen?`,
    text: "Bestellungen aus der Zeit vor der Verbindung werden in Medusa zu abgeschlossenen Bestellungen. Sie ändern keinen Bestand, und niemand bekommt eine Mail. In der Liste der Läufe siehst du, wie weit es ist.",
    keep: "Jetzt nicht",
    done: "Die Übernahme hat begonnen.",
  },
}
