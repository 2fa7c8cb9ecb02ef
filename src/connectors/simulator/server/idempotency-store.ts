import { createHash } from "node:crypto"

interface Remembered<T> {
  readonly bodyHash: string
  readonly answer: T
}

const KEPT = 50_000

export const hashBody = (body: unknown): string => createHash("sha256").update(JSON.stringify(body)).digest("base64")

/** Answers by idempotency key. The same promise serves a repetition that comes while the first is still under way. */
export class IdempotencyStore<T> {
  readonly #answers = new Map<string, Remembered<T>>()

  /** @returns what was answered, `"other-body"` if the key stood on something else, or undefined for a new key */
  find(key: string, bodyHash: string): T | "other-body" | undefined {
    const known = this.#answers.get(key)
    if (!known) {
      return undefined
    }
    return known.bodyHash === bodyHash ? known.answer : "other-body"
  }

  remember(key: string, bodyHash: string, answer: T): void {
    this.#answers.set(key, { bodyHash, answer })
    const oldest = this.#answers.keys().next().value
    if (this.#answers.size > KEPT && oldest !== undefined) {
      this.#answers.delete(oldest)
    }
  }
}
