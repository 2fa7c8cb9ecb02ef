import { formatCount } from "../../lib/format"
import type { activity as english } from "../en/activity"

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** Was in letzter Zeit geschah, und wie gut es läuft. */
export const activity: typeof english = {
  title: "Was geschieht",
  pause: "Anhalten",
  resume: "Fortsetzen",
  paused: "Angehalten: Es wird nichts Neues geholt.",
  none: "Am letzten Tag ist nichts geschehen.",
  sent: (count: number) => `${plural(count, "Zahl", "Zahlen")} angenommen`,
  order: (count: number, number: string) =>
    count === 1 ? `Bestellung ${number} übernommen` : `${formatCount(count)} Bestellungen übernommen`,
  held: (count: number) => `${plural(count, "Zahl", "Zahlen")} zurückgehalten: wartet auf dich`,
  allChannels: "Alle Kanäle",
  metrics: {
    title: "Wie gut es läuft",
    period: "Zeitraum",
    periods: { "1h": "Letzte Stunde", "24h": "Letzte 24 Stunden", "7d": "Letzte 7 Tage", "30d": "Letzte 30 Tage" },
    accuracy: "Genauigkeit",
    accuracyHint: (equal: number, known: number) =>
      `${formatCount(equal)} von ${formatCount(known)} Angeboten zeigen nachweislich, was sie sollen`,
    syncTime: "Zeit bis zum Kanal",
    syncTimeHint:
      "Vom Anlass einer Änderung bis der Kanal sie annimmt, im Mittel; 95 % sind schneller als die zweite Angabe",
    success: "Angenommen",
    successHint: (accepted: number, sent: number) =>
      `${formatCount(accepted)} von ${formatCount(sent)} gesendeten Zahlen`,
    resolve: "Dauer eines Problems",
    resolveHint: (count: number) => `${plural(count, "Problem", "Probleme")} in diesem Zeitraum beendet`,
    calls: "Aufrufe heute",
    callsHint: (failed: number, all: number) =>
      `${formatCount(failed)} von ${formatCount(all)} Aufrufen in diesem Zeitraum schlugen fehl; ein Tag beginnt um Mitternacht UTC`,
    unknown: "unbekannt",
  },
  freshness: (oldest: string) => `Älteste Änderung unterwegs: ${oldest}`,
}
