export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

const cursorOf = (key: string): string => Buffer.from(key).toString("base64url")

/** A page of entries that stand in the order of their keys. Entries that come or go in between shift nothing. */
export function pageByKey<T>(entries: readonly { readonly key: string; readonly node: T }[], args: PageArguments) {
  const after = args.after ? Buffer.from(args.after, "base64url").toString() : null
  const rest = after === null ? entries : entries.filter(({ key }) => key > after)
  const page = rest.slice(0, args.first ?? 50)
  const last = page.at(-1)
  return {
    nodes: page.map(({ node }) => node),
    edges: page.map(({ node, key }) => ({ node, cursor: cursorOf(key) })),
    pageInfo: {
      hasNextPage: rest.length > page.length,
      hasPreviousPage: after !== null,
      startCursor: page[0] ? cursorOf(page[0].key) : null,
      endCursor: last ? cursorOf(last.key) : null,
    },
  }
}

/** A page of a list that never changes its order. */
export const connection = <T>(nodes: readonly T[], args: PageArguments) =>
  pageByKey(
    nodes.map((node, index) => ({ key: String(index).padStart(8, "0"), node })),
    args
  )
