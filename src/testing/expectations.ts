import type { HubErrorKind } from "../lib/errors"

/* Jest's matchers, typed `unknown` instead of `any`: they may stand anywhere and prove nothing to the compiler. */

export const anyText = (): unknown => expect.any(String)

export const anyNumber = (): unknown => expect.any(Number)

/** A failure of one of these kinds, whatever it says. */
export const failureOf = (...kinds: readonly HubErrorKind[]): unknown =>
  expect.objectContaining({ kind: expect.stringMatching(new RegExp(`^(${kinds.join("|")})$`)) as unknown })
