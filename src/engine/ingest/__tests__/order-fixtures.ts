import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { ExternalOrder } from "../../../types/channel-order"

export interface OrderFixture {
  readonly name: string
  /** Size of the packs, by line; one piece unless given. */
  readonly packs: Readonly<Record<string, number>>
  readonly order: ExternalOrder
}

/*
 * Orders as channels tell them. Their amounts were reckoned apart from the code under test, in decimals, as channels do it: each
 * tax rounded by itself to the currency's smallest unit, half up.
 */
export const FIXTURES: readonly OrderFixture[] = JSON.parse(
  readFileSync(join(__dirname, "order-fixtures.json"), "utf8")
) as OrderFixture[]

export const packSizeIn =
  ({ packs }: Pick<OrderFixture, "packs">) =>
  (externalLineId: string): number =>
    packs[externalLineId] ?? 1
