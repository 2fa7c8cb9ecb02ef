import { assertNever } from "../../../lib/errors"
import type { ListingLinkState } from "../../../types/states"
import type { ScoredCandidate } from "./score-candidate"

/** What a listing sells, whole: what a batch stores before and after, so that it can be taken back. */
export interface MappingImage {
  readonly variant_id: string | null
  readonly link_state: ListingLinkState
  readonly pack_size: number
  readonly link_evidence: string | null
  readonly link_score: number | null
  readonly rejected_variant_ids: readonly string[]
  readonly is_deleted: boolean
}

/** A listing as it stands, with what is suggested for it. */
export interface MappingSubject extends MappingImage {
  readonly id: string
  readonly connection_id: string
  readonly mapping_version: number
  readonly suggested_variant_id: string | null
  readonly suggestion_score: number | null
  readonly suggestions: readonly ScoredCandidate[]
}

/** What a person asks for, of one listing or of many. */
export type MappingAction =
  | { readonly kind: "link"; readonly variantId: string; readonly packSize?: number | undefined }
  | { readonly kind: "unlink" }
  | { readonly kind: "ignore" }
  | { readonly kind: "unignore" }
  | { readonly kind: "pack"; readonly packSize: number }
  /** Links what is suggested, where one candidate clearly leads with at least this score. */
  | { readonly kind: "accept"; readonly minScore: number }
  /** Says that what is suggested is wrong. */
  | { readonly kind: "reject" }

/** Why a listing was left alone. */
export type MappingSkip =
  | "same-already"
  | "not-linked"
  | "linked-already"
  | "ignored"
  | "not-ignored"
  | "no-suggestion"
  | "ambiguous"
  | "score-too-low"

export type PlannedMapping = { readonly after: MappingImage } | { readonly skip: MappingSkip }

export const imageOf = (subject: MappingImage): MappingImage => ({
  variant_id: subject.variant_id,
  link_state: subject.link_state,
  pack_size: subject.pack_size,
  link_evidence: subject.link_evidence,
  link_score: subject.link_score,
  rejected_variant_ids: subject.rejected_variant_ids,
  is_deleted: subject.is_deleted,
})

/** How a listing that no one links reads. That a person did it keeps an import from linking it again by its SKU. */
export const UNLINKED = { variant_id: null, link_state: "unlinked", link_evidence: "person", link_score: null } as const

/** Whether two images say the same, whoever said it. */
export const isSameImage = (left: MappingImage, right: MappingImage): boolean =>
  left.variant_id === right.variant_id &&
  left.link_state === right.link_state &&
  left.pack_size === right.pack_size &&
  left.is_deleted === right.is_deleted &&
  [...left.rejected_variant_ids].sort().join() === [...right.rejected_variant_ids].sort().join()

const changeTo = (subject: MappingSubject, change: Partial<MappingImage>): PlannedMapping => {
  const after = { ...imageOf(subject), ...change }
  return isSameImage(subject, after) ? { skip: "same-already" } : { after }
}

function accept(subject: MappingSubject, minScore: number): PlannedMapping {
  if (subject.link_state !== "unlinked") {
    return { skip: subject.link_state === "linked" ? "linked-already" : "ignored" }
  }
  if (subject.suggestion_score === null) {
    return { skip: "no-suggestion" }
  }
  if (subject.suggested_variant_id === null) {
    return { skip: "ambiguous" }
  }
  if (subject.suggestion_score < minScore) {
    return { skip: "score-too-low" }
  }
  const candidate = subject.suggestions.find(({ variant_id }) => variant_id === subject.suggested_variant_id)
  return changeTo(subject, {
    variant_id: subject.suggested_variant_id,
    link_state: "linked",
    link_evidence: candidate?.evidence[0]?.code ?? "suggestion",
    link_score: subject.suggestion_score,
  })
}

function reject(subject: MappingSubject): PlannedMapping {
  if (subject.link_state !== "unlinked" || subject.suggestions.length === 0) {
    return { skip: "no-suggestion" }
  }
  const rejected = [...subject.rejected_variant_ids, ...subject.suggestions.map(({ variant_id }) => variant_id)]
  return changeTo(subject, { rejected_variant_ids: [...new Set(rejected)].sort() })
}

/**
 * What an action makes of one listing. Doing it twice changes nothing the second time.
 *
 * Ignoring keeps the variant, so that a listing that is taken up again sells what it sold before.
 */
export function planMapping(action: MappingAction, subject: MappingSubject): PlannedMapping {
  switch (action.kind) {
    case "link":
      return changeTo(subject, {
        variant_id: action.variantId,
        link_state: "linked",
        link_evidence: "person",
        link_score: null,
        pack_size: action.packSize ?? subject.pack_size,
      })
    case "unlink":
      return subject.link_state === "linked" ? changeTo(subject, UNLINKED) : { skip: "not-linked" }
    case "ignore":
      return changeTo(subject, { link_state: "ignored" })
    case "unignore":
      return subject.link_state === "ignored"
        ? changeTo(subject, { link_state: subject.variant_id === null ? "unlinked" : "linked" })
        : { skip: "not-ignored" }
    case "pack":
      return changeTo(subject, { pack_size: action.packSize })
    case "accept":
      return accept(subject, action.minScore)
    case "reject":
      return reject(subject)
    default:
      return assertNever(action)
  }
}
