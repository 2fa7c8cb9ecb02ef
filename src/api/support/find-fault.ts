/** Text that no field of the hub can hold: a zero character, or half an emoji. Postgres stores neither. */
const UNSTORABLE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u0000/

/** Deeper than any body that a route takes. What reads JSON step by step ends long after that. */
const MOST_LEVELS = 32

interface Place {
  readonly value: unknown
  readonly path: readonly string[]
}

const nameOf = (path: readonly string[]): string => (path.length === 0 ? "The request" : `Field '${path.join(", ")}'`)

function childrenOf({ value, path }: Place): Place[] {
  if (typeof value !== "object" || value === null) {
    return []
  }
  return Object.entries(value).map(([key, child]: [string, unknown]) => ({ value: child, path: [...path, key] }))
}

/**
 * What is wrong with an input whatever route it is for, as a sentence that says where; null when nothing is. Walks without
 * recursion, so that a body made to be deep is refused and not died of. Pure.
 */
export function findFault(input: unknown): string | null {
  const places: Place[] = [{ value: input, path: [] }]
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (place.path.length > MOST_LEVELS) {
      return `${nameOf(place.path.slice(0, 3))} is nested more than ${MOST_LEVELS} levels deep.`
    }
    if (typeof place.value === "string" && UNSTORABLE.test(place.value)) {
      return `${nameOf(place.path)} holds a zero character or half an emoji, which cannot be stored.`
    }
    if (place.path.some((name) => UNSTORABLE.test(name))) {
      return `${nameOf(place.path.slice(0, -1))} has a name that holds a zero character or half an emoji.`
    }
    places.push(...childrenOf(place))
  }
  return null
}

const MOST_ID_CHARACTERS = 255

/** What is wrong with an id in a path, as it came: percent-encoded. Null when it could be one. Pure. */
export function findIdFault(encoded: string): string | null {
  let id: string
  try {
    id = decodeURIComponent(encoded)
  } catch {
    return "The id in the path is not properly percent-encoded."
  }
  if (id.length > MOST_ID_CHARACTERS) {
    return `The id in the path has ${id.length} characters; no id has more than ${MOST_ID_CHARACTERS}.`
  }
  return UNSTORABLE.test(id) || /[\u0000-\u001f\u007f]/.test(id)
    ? "The id in the path holds a character that no id has."
    : null
}
