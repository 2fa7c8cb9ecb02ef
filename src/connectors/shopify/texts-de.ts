import type { ConnectorTexts } from "../define-connector"

/** The words of the connector in German. */
export const shopifyTextsDe: ConnectorTexts = {
  description:
    "Ein Shop bei Shopify: Bestand je Standort, Bestellungen, Erstattungen und Pakete. Vergleicht, bevor er schreibt.",
  dependencies: [
    "Ein Shop in einem beliebigen Tarif von Shopify",
    "Eine eigene App im Dev Dashboard von Shopify, im Shop installiert",
  ],
  guide: [
    "Lege im Dev Dashboard von Shopify eine App an, gib ihr die Berechtigungen aus docs/channels/shopify.md, veröffentliche eine Version und installiere sie in deinem Shop.",
    "Kopiere Client-ID und Client-Secret aus den Einstellungen der App.",
    "Trage sie hier ein, zusammen mit der festen Adresse des Shops, zum Beispiel example.myshopify.com.",
    "Übernimm die Angebote, ordne deine Standorte denen von Shopify zu, und sieh dir die Vorschau an, bevor du live gehst.",
  ],
  options: {
    shop: {
      label: "Adresse des Shops",
      help: "Die feste Adresse des Shops, zum Beispiel example.myshopify.com. Nicht die Domain, die Käufer sehen.",
    },
    client_id: {
      label: "Client-ID",
      help: "Deiner App im Dev Dashboard von Shopify, unter Settings. Lass sie leer, wenn du ein dauerhaftes Token hast.",
    },
    client_secret: {
      label: "Client-Secret",
      help: "Derselben App. Shopify unterschreibt damit auch seine Nachrichten, also wird es auch neben einem dauerhaften Token gebraucht.",
    },
    access_token: {
      label: "Dauerhaftes Token",
      help: "Nur für Apps, die vor 2026 in der Verwaltung des Shops selbst angelegt wurden. Es beginnt mit shpat_.",
    },
    ask_on_shopify: {
      label: "Auf der Seite von Shopify um Erlaubnis fragen",
      help: "Für Apps, die nicht der Organisation des Shops gehören. Sonst holt sich die App ihre Tokens selbst.",
    },
    api_version: {
      label: "Version der API",
      help: "Lass sie leer für 2026-10. 2026-04 und 2026-07 gehen auch.",
    },
    buyer_currency: {
      label: "Bestellungen in der Währung des Käufers",
      help: "Übernimmt Beträge so, wie der Käufer sie gesehen hat. Sonst in der Währung des Shops, wie Shopify sie umrechnet.",
    },
  },
}
