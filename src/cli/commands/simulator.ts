import { once } from "node:events"
import { startSimulator } from "../../connectors/simulator/server/start-simulator"
import type { ListingInput } from "../../connectors/simulator/server/settings"
import { loadShopArticles, type ShopArticle } from "../../engine/queries/load-shop-articles"
import { EXIT, type Command } from "../command"

const DEFAULT_PORT = 4_100
const DEFAULT_LISTINGS = 1_000
const MOST_LISTINGS = 100_000
const TOKEN = "simulator-token"

/** What a list that is kept by hand shows: mostly right, here and there too much, too little, or long gone. */
function handKept(available: number, index: number): number {
  switch (index % 10) {
    case 3:
      return available + 5
    case 6:
      return Math.max(available - 2, 0)
    case 9:
      return 0
    default:
      return available
  }
}

const toListing = ({ sku, title, barcode, available }: ShopArticle, index: number): ListingInput => ({
  id: `SIM-${index + 1}`,
  sku,
  title,
  barcode,
  quantity: handKept(available, index),
})

/** `hub simulator`: a fake channel that sells what this shop sells. */
export const simulator: Command = {
  name: "simulator",
  usage: "[--port N] [--listings N]",
  summary: "a fake channel with your own articles, to try the hub with",
  details:
    "It shows what the shop has, with some of the numbers wrong, as in a list that is kept by hand. Nothing real is sold. " +
    "Ctrl-C stops it and forgets everything.",
  flags: {
    port: { type: "string", value: "N", help: `where it listens (${DEFAULT_PORT})` },
    listings: { type: "string", value: "N", help: `most articles that it sells (${DEFAULT_LISTINGS})` },
  },
  arguments: [0, 0],
  hasJson: false,
  run: async ({ sql, flags, print }) => {
    const port = Number(flags.port ?? DEFAULT_PORT)
    const limit = Number(flags.listings ?? DEFAULT_LISTINGS)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      print("--port takes a whole number from 0 to 65535.")
      return EXIT.usage
    }
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTINGS) {
      print(`--listings takes a whole number from 1 to ${MOST_LISTINGS}.`)
      return EXIT.usage
    }
    const articles = await loadShopArticles(sql, limit)
    if (articles.length === 0) {
      print(
        "This shop has no variant with a SKU whose stock Medusa manages, so there is nothing to sell. Create a product first."
      )
      return EXIT.problem
    }
    // Something that is still there when somebody buys it, before and after the hub has put the numbers right.
    const inStock = articles
      .filter(({ available }, index) => handKept(available, index) > 0)
      .reduce(
        (best, article) => (article.available > best.available ? article : best),
        articles[0] ?? { sku: "", available: 0 }
      )
    const channel = await startSimulator({
      name: "Simulator",
      port,
      token: TOKEN,
      listings: articles.map(toListing),
    })
    print(
      [
        `A fake channel sells ${articles.length} of your articles. Three of ten numbers are wrong on purpose.`,
        "",
        `  Address  ${channel.url}`,
        `  Token    ${TOKEN}`,
        "",
        "1. The hub calls nothing on your own machine unless you say so. In medusa-config, among the options of the plugin:",
        '     engine: { allow_private_addresses: ["127.0.0.1"] }',
        "   and start Medusa again.",
        "2. In the admin: Channels, Connect a channel, Simulator, with this address and token.",
        `3. Let somebody buy there: curl -X POST ${channel.url}/shop/orders -H 'content-type: application/json' -d '{"lines":[{"sku":"${inStock.sku}","quantity":1}]}'`,
        "",
        `What it shows, at any time: ${channel.url}/control/state`,
        "",
        "Ctrl-C stops it.",
      ].join("\n")
    )
    await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")])
    await channel.stop()
    return EXIT.ok
  },
}
