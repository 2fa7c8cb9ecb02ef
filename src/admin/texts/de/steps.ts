import type { StepWords } from "../../lib/tell-step"

/** Die Schritte einer Herleitung. */
export const steps: StepWords = {
  allLocations: "Alle Orte",
  available: ({ stocked, reserved, available }) => `${stocked} vorhanden − ${reserved} reserviert = ${available}`,
  oddReserved: ({ stocked, reserved, available }) =>
    `${stocked} vorhanden = ${available} (reserviert kann nicht ${reserved} sein, zählt als 0)`,
  notStocked: "hier nicht geführt = 0",
  inAll: (available) => `${available} verfügbar`,
  enoughFor: (required, item, value, isKit) =>
    `${isKit ? "ein Set" : "eine Einheit"} braucht ${required} × ${item}: ${value}`,
  limitedBy: (value, item) => `${value} ${value === "1" ? "Set" : "Sets"}, begrenzt durch ${item}`,
  total: (locations, value) => `Alle ${locations} Orte: ${value}`,
  unmanaged: (value) => `Der Bestand wird nicht geführt: auf ${value} gesetzt`,
  leftAlone: {
    unmanaged: "Der Bestand wird nicht geführt: Die Zahl des Kanals bleibt, wie sie ist",
    "no-components": "Die Variante hat keinen Lagerartikel: Die Zahl des Kanals bleibt, wie sie ist",
    "no-locations": "Kein Ort, der diesen Kanal versorgt, führt es: Die Zahl des Kanals bleibt, wie sie ist",
  },
  rule: {
    oversold: ({ from, value }) => `um ${from.replace("−", "")} überverkauft = ${value}`,
    buffer: ({ figure, value }) => `− Puffer ${figure} = ${value}`,
    share: ({ figure, value }) => `eigener Anteil von ${figure} % → ${value}`,
    ceiling: ({ figure }) => `höchstens ${figure}, bis andere Kanäle bestätigen, dass sie weniger zeigen`,
    pack: ({ figure, value }) => `Packungen zu ${figure} → ${value}`,
    minimum: ({ figure, value }) => `unter dem Mindestwert von ${figure} → ${value}`,
    backorder: ({ figure }) => `darf nachbestellt werden: mindestens ${figure}`,
    cap: ({ figure }) => `begrenzt auf ${figure}`,
    held: ({ figure, value }) => `zurückgehalten: was vorher zu sehen war, minus ${figure} verkaufte = ${value}`,
  },
}
