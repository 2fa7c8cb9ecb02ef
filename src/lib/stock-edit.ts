/** A stock level that a request is about to change. */
export interface EditedPlace {
  readonly itemId: string
  /** Null for the item at every location: a batch deletes levels by their ids alone. */
  readonly locationId: string | null
}

interface EditRequest {
  /** Of the path: `id` is the inventory item, `location_id` a location or the word `batch`. */
  readonly params: Readonly<Record<string, string | undefined>>
  /** As it came, before anybody has looked at it. */
  readonly body: unknown
}

/** As many as one request may touch at most in Medusa's own pages; what is beyond is not noted. */
const MOST_PLACES = 1_000

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

const listOf = (body: Readonly<Record<string, unknown>>, key: string): readonly unknown[] => {
  const list = body[key]
  return Array.isArray(list) ? list : []
}

/**
 * The places whose stock a request to Medusa's inventory routes changes. What cannot be read names no place: the request is
 * somebody else's to judge.
 */
export function editedPlaces({ params, body }: EditRequest): readonly EditedPlace[] {
  const itemId = textOf(params["id"])
  const locationId = textOf(params["location_id"])
  if (itemId !== null && locationId !== null && locationId !== "batch") {
    return [{ itemId, locationId }]
  }
  if (!isRecord(body)) {
    return []
  }
  const levels = [body, ...listOf(body, "create"), ...listOf(body, "update")].filter(isRecord)
  const named = levels.flatMap((level): EditedPlace[] => {
    const [item, location] = [itemId ?? textOf(level["inventory_item_id"]), textOf(level["location_id"])]
    return item !== null && location !== null ? [{ itemId: item, locationId: location }] : []
  })
  const deletes = itemId !== null && listOf(body, "delete").length > 0 ? [{ itemId, locationId: null }] : []
  return [...named, ...deletes].slice(0, MOST_PLACES)
}
