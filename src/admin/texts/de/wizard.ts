import type { SetupStep } from "../../../types"
import type { wizard as english } from "../en/wizard"
import { formatCount } from "../../lib/format"
import { plural } from "./overview"

export const STEPS: Readonly<Record<SetupStep | "connector", string>> = {
  connector: "Kanal",
  settings: "Einstellungen",
  places: "Lagerorte",
  import: "Import",
  mapping: "Zuordnung",
  rule: "Mengen",
  preview: "Vorschau",
}

/** Die Schritte, die einen Kanal verbinden. */
export const wizard: typeof english = {
  title: "Kanal verbinden",
  description: "Jeder Schritt wird gespeichert. Schließe, wann du willst, und mach später weiter.",
  steps: STEPS,
  name: "Name",
  nameHint: "Wie du diesen Kanal nennst. Du kannst mehrere derselben Art verbinden.",
  connector: "Was willst du verbinden?",
  settings: "Wie erreichen wir ihn?",
  settingsHint: "Die Einstellungen werden am Kanal ausprobiert, bevor sie gespeichert werden.",
  operations: "Was darf sie?",
  operationsHint: "Was nicht angekreuzt ist, wird nicht getan.",
  testAndSave: "Prüfen und speichern",
  test: "Prüfen",
  places: "Welcher Bestand wird dort verkauft?",
  placesHint:
    "Der Bestand mehrerer Lagerorte wird zusammengezählt. Ein Lagerort, der nicht gewählt ist, verkauft dort nichts.",
  salesChannel: "Bestellungen gehören zu diesem Vertriebskanal",
  noSalesChannel: "Keiner",
  salesChannelHint:
    "Ohne ihn kommen Bestellungen ohne Vertriebskanal an. Wähle einen, um sie in Auswertungen zu unterscheiden.",
  location: "Dein Lagerort",
  feeds: "versorgt",
  notSold: "dort nicht verkauft",
  atLeastOne: "Wähle mindestens einen Lagerort.",
  import: "Lesen, was der Kanal verkauft",
  importHint:
    "Der Hub liest jedes Angebot und verknüpft die, deren SKU du kennst. In den Kanal wird nichts geschrieben.",
  startImport: "Verbinden und importieren",
  importAgain: "Noch einmal importieren",
  importing: "Angebote werden gelesen …",
  imported: (total: number, linked: number) =>
    `${plural(total, "Angebot", "Angebote")} gelesen, ${formatCount(linked)} über die SKU verknüpft.`,
  importFailed: "Der Import ist fehlgeschlagen",
  mapping: "Was gehört zu was?",
  linked: "über die SKU verknüpft",
  unlinked: "nicht verknüpft",
  ignored: "ignoriert",
  mappingHint:
    "Was nicht verknüpft ist, bleibt auf dem Kanal unangetastet. Du kannst es jetzt oder jederzeit später verknüpfen.",
  openMapping: "Angebote & Zuordnung öffnen",
  rule: "Wie viel willst du zeigen?",
  ruleHint: "Ohne Regel zeigt der Kanal alles, was verfügbar ist.",
  buffer: "Zurückhalten",
  bufferHint: "Stücke, die dort nie angeboten werden.",
  minimum: "Null zeigen unter",
  minimumHint: "Mit weniger als dem zeigt der Kanal null.",
  cap: "Höchstens zeigen",
  capHint: "Leer lassen für keine Grenze.",
  preview: "Was der Livegang täte",
  previewHint: "Verglichen mit dem, was der Kanal jetzt zeigt. Noch wurde nichts geschrieben.",
  takePreview: "Kanal neu lesen",
  taking: "Es wird gelesen, was der Kanal zeigt …",
  sentence: (p: { lower: number; higher: number; to_zero: number; same: number }) =>
    `${formatCount(p.lower)} niedriger, ${formatCount(p.higher)} höher, ${formatCount(p.to_zero)} auf null, ${formatCount(p.same)} unverändert`,
  rest: (p: { unknown: number; left_alone: number; pending: number }) =>
    [
      p.unknown > 0 ? `${formatCount(p.unknown)}, die der Kanal nicht nennt` : "",
      p.left_alone > 0 ? `${formatCount(p.left_alone)} bleiben unangetastet` : "",
      p.pending > 0 ? `${formatCount(p.pending)} noch nicht ausgerechnet` : "",
    ]
      .filter((part) => part !== "")
      .join(", "),
  kind: {
    to_zero: (count: number) => `Auf null: ${formatCount(count)}`,
    lower: (count: number) => `Niedriger: ${formatCount(count)}`,
    higher: (count: number) => `Höher: ${formatCount(count)}`,
    unknown: (count: number) => `Vom Kanal nicht genannt: ${formatCount(count)}`,
  },
  more: (count: number) => `${formatCount(count)} weitere stehen in der CSV-Datei.`,
  shows: "Zeigt",
  wouldShow: "Würde zeigen",
  difference: "Unterschied",
  csv: "Alles als CSV herunterladen",
  noDifference: "Nichts würde sich ändern.",
  goLive: "Live gehen",
  goLiveHint: "Was der Kanal zeigt, wird zuerst festgehalten und kann zurückgesetzt werden.",
  stayInShadow: "Im Schatten bleiben",
  goingLive: "Es wird festgehalten, was der Kanal zeigt, dann geht es live …",
  isLive: "Diese Verbindung ist live.",
  live: "Sie ist live",
  liveHint: "Ab jetzt schreibt der Hub jede Änderung in diesen Kanal.",
  liveCounts: (inSync: number, pending: number) =>
    `${plural(inSync, "Zahl ist", "Zahlen sind")} aktuell${pending > 0 ? `, ${formatCount(pending)} unterwegs` : ""}.`,
  readOnly: "Diese Verbindung darf keinen Bestand schreiben. Erlaube es unter Einstellungen oder bleib im Schatten.",
  tooEarly: "Schließe erst die Schritte davor ab.",
}
