import { connections } from "./connections"
import { access } from "./access"
import { activity } from "./activity"
import { inbound } from "./inbound"
import { issues } from "./issues"
import { mapping } from "./mapping"
import { overview } from "./overview"
import { places } from "./places"
import { runs } from "./runs"
import { steps } from "./steps"

/** Every text of the admin in English, by area. The other languages have the same shape: the compiler sees to it. */
export const en = {
  ...overview,
  connections,
  access,
  activity,
  inbound,
  issues,
  places,
  runs,
  steps,
  mapping,
}
