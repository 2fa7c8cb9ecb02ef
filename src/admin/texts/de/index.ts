import type { Texts } from "../texts"
import { connections } from "./connections"
import { overview } from "./overview"

/** Every text of the admin in German. */
export const de: Texts = {
  ...overview,
  connections,
}
