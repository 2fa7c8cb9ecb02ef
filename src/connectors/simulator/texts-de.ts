import type { ConnectorTexts } from "../define-connector"

/** The words of the simulator in German. */
export const simulatorTextsDe: ConnectorTexts = {
  description: "Ein unechter Kanal, um den Hub auszuprobieren. Er verkauft nur, was er zeigt, und lässt sich stören.",
  dependencies: ["Einen laufenden Simulator: Er kommt mit dem Hub und braucht sonst nichts"],
  guide: [
    "Starte einen neben deinem Shop, in dessen Ordner: npx hub simulator. Er verkauft deine eigenen Artikel.",
    "Erlaube seine Adresse in der Plugin-Option engine.allow_private_addresses, zum Beispiel 127.0.0.1, und starte Medusa neu.",
    "Gib die Adresse und das Token ein, die er ausgibt.",
  ],
  options: {
    base_url: { label: "Adresse", help: "Wo der Simulator zu erreichen ist." },
    token: { help: "Das Token, mit dem der Simulator gestartet wurde." },
    max_batch: { label: "Meiste Zahlen in einem Aufruf", help: "Höchstens das max_batch des Simulators." },
    compare_and_set: {
      label: "Vor dem Schreiben vergleichen",
      help: "Der Simulator lehnt ab, wenn er eine andere Zahl zeigt, als wir denken.",
    },
    has_locations: { label: "Führt Bestand je Ort", help: "Wie has_locations des Simulators." },
    late_apply_window_ms: {
      label: "Verspätetes Schreiben, in Millisekunden",
      help: "Danach kann ein unbeantwortetes Schreiben nicht mehr ankommen. Mehr als late_apply_ms des Simulators.",
    },
    calls_per_second: {
      label: "Meiste Aufrufe je Sekunde",
      help: "0 für so viele, wie es gibt. Höchstens das rate_limit des Simulators.",
    },
  },
}
