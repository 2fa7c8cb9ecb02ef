/** Labels of the sidebar, which Medusa looks up by itself. Every other text is in `texts`. */
export default {
  en: {
    hub: { menu: { channels: "Channels", runs: "Runs", issues: "Issues", access: "Hub access" } },
  },
  de: {
    hub: { menu: { channels: "Kanäle", runs: "Läufe", issues: "Probleme", access: "Zugriff auf den Hub" } },
  },
}
