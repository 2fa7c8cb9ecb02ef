import type { HubRoute } from "./hub-route"

const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:[a-z_]+/g, "([^/]+)").replace(/[-/]/g, "\\$&")}/?$`, "i")

export interface FoundRoute {
  readonly kind: "found"
  readonly route: HubRoute
  /** Still percent-encoded. */
  readonly params: readonly string[]
}

export type RouteMatch =
  FoundRoute | { readonly kind: "other-methods"; readonly methods: readonly string[] } | { readonly kind: "none" }

/** Finds the line of the route table that a request is for. Names beat parameters, as in Medusa's router. Pure. */
export function createRouteMatcher(routes: readonly HubRoute[]): (method: string, path: string) => RouteMatch {
  const parameterCount = ({ path }: HubRoute): number => path.split(":").length
  const patterns = [...routes]
    .sort((left, right) => parameterCount(left) - parameterCount(right))
    .map((route) => ({ route, pattern: toPattern(route.path) }))
  return (method, path) => {
    // Express answers HEAD with the route of GET.
    const asked = method === "HEAD" ? "GET" : method
    const onPath = patterns.filter(({ pattern }) => pattern.test(path))
    const found = onPath.find(({ route }) => route.method === asked)
    if (found) {
      return { kind: "found", route: found.route, params: found.pattern.exec(path)?.slice(1) ?? [] }
    }
    return onPath.length === 0
      ? { kind: "none" }
      : { kind: "other-methods", methods: [...new Set(onPath.map(({ route }) => route.method))].sort() }
  }
}
