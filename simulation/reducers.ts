import { computeRow } from "../src/engine/lane/compute-row"
import { canClaim } from "../src/engine/lane/lane-row"
import { PRODUCTION as LANE, type Reducers as LaneReducers } from "../src/engine/lane/__tests__/lane-phases"
import { planOrder } from "../src/engine/ingest/plan-order"

/** Every decision of the hub that the simulation puts to the test. Nothing else of it decides anything. */
export interface Reducers extends LaneReducers {
  readonly canClaim: typeof canClaim
  readonly computeRow: typeof computeRow
  readonly planOrder: typeof planOrder
}

/** The reducers that ship. */
export const PRODUCTION: Reducers = { ...LANE, canClaim, computeRow, planOrder }
