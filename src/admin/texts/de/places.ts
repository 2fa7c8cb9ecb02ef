import { formatCount } from "../../lib/format"
import type { places as english } from "../en/places"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** Was Medusas eigene Seiten vom Hub zeigen. */
export const places: typeof english = {
  mode: { shadow: "Vorschau", live: "Live" },
  variant: {
    title: "Wo diese Variante verkauft wird",
    none: "Diese Variante wird auf keinem verbundenen Kanal verkauft. Verknüpfe ein Angebot mit ihr.",
  },
  product: {
    title: "Kanäle",
    none: "Keine Variante dieses Produkts wird auf einem verbundenen Kanal verkauft.",
    variants: (count: number, all: number) =>
      `${formatCount(count)} von ${plural(all, "Variante", "Varianten")} angeboten`,
    shows: (quantity: string) => `zeigt zusammen ${quantity}`,
    count: (count: number, state: string, channel: string) =>
      `${formatCount(count)} ${state}: Angebote von ${channel} zeigen`,
  },
  location: {
    title: "Von hier versorgte Kanäle",
    none: "Kein Kanal wird von diesem Ort versorgt.",
    allOf: "der Kanal als Ganzes",
    place: (id: string) => `Ort ${id} des Kanals`,
    together: (count: number) => `zusammen mit ${plural(count, "anderen Ort", "anderen Orten")}`,
  },
  salesChannel: {
    title: "Verbindung",
    none: "Keine Verbindung bringt ihre Bestellungen in diesen Vertriebskanal.",
    orders: (count: number) => `${plural(count, "Bestellung", "Bestellungen")} übernommen`,
    since: "verbunden",
  },
}
