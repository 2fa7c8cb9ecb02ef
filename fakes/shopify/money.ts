const WITHOUT_CENTS: readonly string[] = ["JPY", "KRW", "CLP"]

const decimalsOf = (currency: string): number => (WITHOUT_CENTS.includes(currency) ? 0 : 2)

/** Amounts as whole numbers of the smallest coin. */
export const toCoins = (amount: string, currency: string): number =>
  Math.round(Number(amount) * 10 ** decimalsOf(currency))

export const fromCoins = (coins: number, currency: string): string => {
  const decimals = decimalsOf(currency)
  // Shopify writes at least one decimal, also for currencies without coins.
  return decimals === 0 ? `${coins}.0` : (coins / 10 ** decimals).toFixed(decimals)
}

export interface Currencies {
  readonly shop: string
  readonly presentment?: { readonly currency: string; readonly rate: number } | undefined
}

export interface MoneyBag {
  readonly shopMoney: { readonly amount: string; readonly currencyCode: string }
  readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string }
}

/** An amount in the currency of the shop, and in that of the buyer, each rounded by itself as Shopify does. */
export function moneyBag(coins: number, { shop, presentment }: Currencies): MoneyBag {
  const shopMoney = { amount: fromCoins(coins, shop), currencyCode: shop }
  if (!presentment) {
    return { shopMoney, presentmentMoney: shopMoney }
  }
  const amount = Number(shopMoney.amount) * presentment.rate
  const theirs = fromCoins(toCoins(String(amount), presentment.currency), presentment.currency)
  return { shopMoney, presentmentMoney: { amount: theirs, currencyCode: presentment.currency } }
}
