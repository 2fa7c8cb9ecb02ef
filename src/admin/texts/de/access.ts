import type { access as english } from "../en/access"

/** Wer was darf. */
export const access: typeof english = {
  title: "Zugriff auf den Hub",
  about: "Wer mit dem Hub was tun darf. Eine Änderung gilt ab dem nächsten Klick.",
  mode: {
    open: "Noch hat niemand eine Berechtigung bekommen, darum darf jeder alles, der sich anmelden kann. Deine erste Vergabe beendet das: Du wirst Inhaber, und wer keine Berechtigung hat, darf nur noch lesen.",
    grants: "Wer keine Berechtigung hat, darf lesen. Mindestens eine Person ist immer Inhaber.",
    "medusa-rbac":
      "Medusas RBAC entscheidet. Gib dort Rollen die Policies hub:view, hub:operate, hub:configure und hub:secrets; was du hier ändern könntest, hätte keine Wirkung.",
  },
  preset: { none: "Keine", viewer: "Leser", operator: "Bediener", manager: "Verwalter", owner: "Inhaber" },
  may: {
    none: "sieht nichts vom Hub",
    viewer: "liest alles außer Geheimnissen",
    operator: "startet auch Läufe, wiederholt, hält an, gibt frei und geht live",
    manager: "richtet auch Verbindungen, Zuordnungen und Regeln ein",
    owner: "gibt auch Zugangsdaten ein und bestimmt, wer was darf",
  },
  who: "Wer",
  kind: "Art",
  user: "Person",
  key: "Geheimer API-Schlüssel",
  you: "du",
  granted: "Darf handeln als",
  noGrant: (preset: string) => `Ohne Berechtigung (${preset})`,
  saved: (who: string, preset: string) => `${who}: ${preset}`,
  action: { view: "lesen", operate: "bedienen", configure: "einrichten", secrets: "Geheimnisse verwalten" },
  lacking: (action: string) =>
    `Du darfst hier nicht ${action}. Ein Inhaber kann das unter Einstellungen, Zugriff auf den Hub, ändern.`,
  presets: "Was wer darf",
}
