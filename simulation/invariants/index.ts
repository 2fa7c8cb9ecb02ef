import { INGEST_INVARIANTS } from "./ingest"
import type { Invariant } from "./invariant"
import { LANE_INVARIANTS } from "./lane"
import { SAFETY_INVARIANTS } from "./safety"

/** Everything that must hold in every world, at every step. */
export const INVARIANTS: readonly Invariant[] = [...LANE_INVARIANTS, ...INGEST_INVARIANTS, ...SAFETY_INVARIANTS]
