import { FetchError } from "@medusajs/js-sdk"
import type { Texts } from "../texts/texts"

export interface DescribedError {
  readonly title: string
  readonly whatToDo: string
  /** What the server or the browser said, word for word. */
  readonly raw: string
}

/** What went wrong with a request, and what a person can do about it. */
export function describeError(error: unknown, texts: Texts): DescribedError {
  const raw = error instanceof Error ? error.message : String(error)
  if (!(error instanceof FetchError) || error.status === undefined) {
    return { ...texts.errors.unreachable, raw }
  }
  const told = `${error.status} ${raw}`
  if (error.status === 401) {
    return { ...texts.errors.notAllowed, raw: told }
  }
  if (error.status === 403) {
    return { ...texts.errors.forbidden, raw: told }
  }
  return error.status === 404 ? { ...texts.errors.notFound, raw: told } : { ...texts.errors.server, raw: told }
}
