import type { ConnectorClient, ConnectorDefinition, ContractPart } from "./define-connector"

/** Grows when the suite asks for more. What passed an older one has to pass again. */
export const CONTRACT_SUITE = 1

/** How far a connector has been tried out. */
export type SupportLevel = "full" | "stock" | "read-only" | "untested"

const has = (isThere: boolean, part: ContractPart): ContractPart[] => (isThere ? [part] : [])

/** The parts of the contract that concern a connector with these methods. */
export function contractPartsOf(
  definition: Pick<ConnectorDefinition, "parseWebhook">,
  methods: ConnectorClient,
  compareAndSet: boolean
): ContractPart[] {
  return [
    "reading",
    ...has(methods.pushStock !== undefined, "writing-stock"),
    ...has(methods.pullStock !== undefined, "reading-stock"),
    ...has(methods.pushStock !== undefined && compareAndSet, "compare-and-set"),
    ...has(methods.pullOrders !== undefined, "orders"),
    ...has(methods.subscribe !== undefined && definition.parseWebhook !== undefined, "webhooks"),
  ]
}

/** Worked out from what a connector has passed, so that nobody can call his own connector better than it is. */
export function supportLevelOf({ contract }: Pick<ConnectorDefinition, "contract">): SupportLevel {
  if (!contract || contract.suite !== CONTRACT_SUITE || !contract.passed.includes("reading")) {
    return "untested"
  }
  const passed = (...parts: readonly ContractPart[]): boolean => parts.every((part) => contract.passed.includes(part))
  if (!passed("writing-stock")) {
    return "read-only"
  }
  return passed("reading-stock", "orders", "webhooks") ? "full" : "stock"
}
