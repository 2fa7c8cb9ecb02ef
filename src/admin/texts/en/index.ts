import { connections } from "./connections"
import { mapping } from "./mapping"
import { overview } from "./overview"

/** Every text of the admin in English, by area. The other languages have the same shape: the compiler sees to it. */
export const en = {
  ...overview,
  connections,
  mapping,
}
