import type { Texts } from "../texts"
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

/** Every text of the admin in German. */
export const de: Texts = {
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
