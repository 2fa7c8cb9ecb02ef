import { isGtin, normaliseBarcode, normaliseSku, titleLikeness } from "./normalise"

/** What a channel tells of a listing, as far as it helps to find the variant. */
export interface ListingTraits {
  readonly sku: string | null
  readonly barcode: string | null
  readonly title: string
}

/** A variant that the listing may sell. */
export interface VariantTraits {
  readonly variantId: string
  readonly sku: string | null
  /** Barcode, EAN and UPC, as far as they are filled in. */
  readonly barcodes: readonly string[]
  /** Of the product and the variant. */
  readonly title: string
}

export type Evidence =
  | { readonly code: "sku"; readonly value: string }
  | { readonly code: "barcode"; readonly value: string; readonly is_gtin: boolean }
  | { readonly code: "sku-normalised"; readonly listing: string; readonly variant: string }
  /** Shared words over all words, in percent. */
  | { readonly code: "title"; readonly percent: number }

export interface ScoredCandidate {
  readonly variant_id: string
  /** From 0 to 100. */
  readonly score: number
  /** What speaks for it, the strongest first; never empty. */
  readonly evidence: readonly Evidence[]
}

/** What is suggested for one listing. */
export interface Suggestion {
  /** Best first, at most {@link MOST_CANDIDATES}. */
  readonly candidates: readonly ScoredCandidate[]
  /** Null without a candidate, and where the best does not clearly lead: then a person has to choose. */
  readonly variantId: string | null
  readonly score: number | null
}

export const MOST_CANDIDATES = 5

/** Points by which the best candidate has to lead before it is more than one of several. */
export const LEAD = 10

/** Below it a likeness of titles is chance. */
const LEAST_TITLE_PERCENT = 50

/** A normalised SKU shorter than this is the same by chance too often. */
const SHORT_SKU = 4

const same = (left: string | null, right: string | null): boolean => left !== null && left !== "" && left === right

function evidenceOf(listing: ListingTraits, variant: VariantTraits): Evidence[] {
  const evidence: Evidence[] = []
  if (listing.sku !== null && same(listing.sku, variant.sku)) {
    evidence.push({ code: "sku", value: listing.sku })
  }
  const barcode = listing.barcode ?? ""
  const wanted = normaliseBarcode(barcode)
  if (wanted !== "" && variant.barcodes.some((known) => normaliseBarcode(known) === wanted)) {
    evidence.push({ code: "barcode", value: barcode, is_gtin: isGtin(barcode) })
  }
  if (evidence[0]?.code !== "sku" && listing.sku !== null && variant.sku !== null) {
    const normalised = normaliseSku(listing.sku)
    if (same(normalised, normaliseSku(variant.sku))) {
      evidence.push({ code: "sku-normalised", listing: listing.sku, variant: variant.sku })
    }
  }
  const percent = Math.round(titleLikeness(listing.title, variant.title) * 100)
  if (percent >= LEAST_TITLE_PERCENT) {
    evidence.push({ code: "title", percent })
  }
  return evidence
}

function strengthOf(evidence: Evidence): number {
  switch (evidence.code) {
    case "sku":
      return 100
    case "barcode":
      return evidence.is_gtin ? 95 : 85
    case "sku-normalised":
      return normaliseSku(evidence.listing).length < SHORT_SKU ? 55 : 85
    case "title":
      return Math.round(evidence.percent * 0.7)
  }
}

/** The strongest evidence counts; each further kind that agrees adds a little, never up to the 100 of an equal SKU. */
function scoreOf(evidence: readonly Evidence[]): number {
  const strengths = evidence.map(strengthOf).sort((left, right) => right - left)
  const [strongest = 0, ...further] = strengths
  return strongest === 100 ? 100 : Math.min(99, strongest + 4 * further.length)
}

/** What speaks for a variant, and how much. Null when nothing does. */
export function scoreCandidate(listing: ListingTraits, variant: VariantTraits): ScoredCandidate | null {
  const evidence = evidenceOf(listing, variant).sort((left, right) => strengthOf(right) - strengthOf(left))
  return evidence.length === 0 ? null : { variant_id: variant.variantId, score: scoreOf(evidence), evidence }
}

/**
 * Ranks the variants that a listing may sell. The order of the variants does not matter; equals are ordered by id.
 *
 * @param rejected ids of variants that a person said it is not: they are not suggested again
 */
export function suggest(
  listing: ListingTraits,
  variants: readonly VariantTraits[],
  rejected: readonly string[] = []
): Suggestion {
  const candidates = variants
    .filter((variant) => !rejected.includes(variant.variantId))
    .flatMap((variant) => scoreCandidate(listing, variant) ?? [])
    .sort((left, right) => right.score - left.score || (left.variant_id < right.variant_id ? -1 : 1))
  const [best, second] = candidates
  const leads = best !== undefined && best.score - (second?.score ?? 0) >= LEAD
  return {
    candidates: candidates.slice(0, MOST_CANDIDATES),
    variantId: leads ? best.variant_id : null,
    score: best?.score ?? null,
  }
}
