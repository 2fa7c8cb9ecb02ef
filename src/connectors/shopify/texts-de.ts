import type { ConnectorTexts } from "../define-connector"
import { SHOPIFY_SCOPES } from "./oauth"

/** The words of the connector in German. */
export const shopifyTextsDe: ConnectorTexts = {
  description:
    "Ein Shop bei Shopify: Bestand je Lagerort, Bestellungen, Erstattungen und Pakete. Bisher nur mit einem nachgebauten Shop erprobt.",
  dependencies: [
    "Ein Shop in einem beliebigen Tarif von Shopify",
    "Eine eigene App im Dev Dashboard von Shopify, im Shop installiert",
  ],
  guide: [
    `Lege im Dev Dashboard von Shopify eine App an und gib ihr diese Berechtigungen: ${SHOPIFY_SCOPES.join(", ")}.`,
    "Veröffentliche eine Version der App und installiere sie in deinem Shop. Für Nachrichten über Bestellungen beantrage in ihren Einstellungen den Zugriff auf geschützte Kundendaten.",
    "Kopiere Client-ID und Client-Secret aus den Einstellungen der App.",
    "Trage sie hier ein, zusammen mit der festen Adresse des Shops, zum Beispiel example.myshopify.com.",
    "Übernimm die Angebote, ordne deine Lagerorte denen von Shopify zu, und sieh dir die Vorschau an, bevor du live gehst.",
  ],
  options: {
    shop: {
      label: "Adresse des Shops",
      help: "Die feste Adresse des Shops, zum Beispiel example.myshopify.com. Nicht die Domain, die Käufer sehen.",
    },
    client_id: {
      label: "Client-ID",
      help: "Steht im Dev Dashboard von Shopify in den Einstellungen deiner App. Lass sie leer, wenn du ein dauerhaftes Token hast.",
    },
    client_secret: {
      label: "Client-Secret",
      help: "Steht an derselben Stelle. Shopify unterschreibt damit auch seine Nachrichten, also wird es auch neben einem dauerhaften Token gebraucht.",
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
