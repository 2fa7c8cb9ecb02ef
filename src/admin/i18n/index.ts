/** Labels of the sidebar, which Medusa looks up by itself. Every other text is in `texts`. */
export default {
  en: {
    hub: {
      menu: {
        channels: "Channels",
        connections: "Connections",
        listings: "Listings",
        runs: "Runs",
        inbound: "Inbound",
        issues: "Issues",
        access: "Hub access",
      },
    },
  },
  de: {
    hub: {
      menu: {
        channels: "Kanäle",
        connections: "Verbindungen",
        listings: "Angebote",
        runs: "Läufe",
        inbound: "Eingang",
        issues: "Probleme",
        access: "Zugriff auf den Hub",
      },
    },
  },
}
