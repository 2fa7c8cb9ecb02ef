import type { DoctorCheck } from "../check"
import { backlog } from "./backlog"
import { capture } from "./capture"
import { clock } from "./clock"
import { connections } from "./connections"
import { inbox } from "./inbox"
import { keys } from "./keys"
import { leases } from "./leases"
import { levels } from "./levels"
import { listings } from "./listings"
import { locations } from "./locations"
import { partitions } from "./partitions"
import { pending } from "./pending"
import { runs } from "./runs"
import { schema } from "./schema"
import { sessions } from "./sessions"
import { sizes } from "./sizes"
import { ticks } from "./ticks"
import { twins } from "./twins"
import { workers } from "./workers"

/** Everything that the doctor asks, in the order in which a person should read it. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  schema,
  workers,
  keys,
  connections,
  capture,
  backlog,
  pending,
  leases,
  inbox,
  runs,
  ticks,
  listings,
  locations,
  twins,
  levels,
  partitions,
  sessions,
  sizes,
  clock,
]
