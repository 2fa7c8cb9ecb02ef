import { inspect } from "node:util"
import { HubError, type HubFailure } from "../lib/errors"

/** What came of a call: its value, or the failure of the HubError that it threw. */
export type Observed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: HubFailure }

/** Fails the test if one of the secrets can be read anywhere in it: message, stack, cause, fields, JSON. */
export function expectNoSecret(thing: unknown, secrets: readonly string[]): void {
  const text = inspect(thing, { depth: 12, maxStringLength: null, maxArrayLength: null, showHidden: true })
  const json = JSON.stringify([thing, thing instanceof Error ? thing.message : null])
  const leaks = secrets.filter((secret) => text.includes(secret) || json.includes(secret))
  expect(leaks.map((_, index) => `secret ${index + 1} stands in what the connector gave back`)).toEqual([])
}

/** Waits for a call and looks through whatever it gives back for secrets. Only a HubError may be thrown. */
export async function observe<T>(call: Promise<T>, secrets: readonly string[]): Promise<Observed<T>> {
  try {
    const value = await call
    expectNoSecret(value, secrets)
    return { ok: true, value }
  } catch (error) {
    expectNoSecret(error, secrets)
    if (!(error instanceof HubError)) {
      throw error
    }
    return { ok: false, failure: error.toFailure() }
  }
}
