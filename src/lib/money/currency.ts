/* Currencies of ISO 4217 that are not divided into hundredths. */
const WITHOUT_DECIMALS = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "))
const WITH_THREE = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "))

/** Decimals of a currency's smallest unit: 2 for EUR, 0 for JPY, 3 for KWD. Pure. */
export function currencyDecimals(code: string): number {
  const upper = code.toUpperCase()
  return WITHOUT_DECIMALS.has(upper) ? 0 : WITH_THREE.has(upper) ? 3 : 2
}
