import { afterAnswer, afterFailure, beginCall, mayCall } from "../src/engine/breaker/breaker"
import { planGuard, releaseGuard } from "../src/engine/guard/plan-guard"
import { planOrder } from "../src/engine/ingest/plan-order"
import { answerSpan, beginBisection, callBudget, nextSpan } from "../src/engine/lane/bisect"
import { computeRow } from "../src/engine/lane/compute-row"
import { exclusiveCeiling, raiseExposure } from "../src/engine/lane/exposure"
import { holdBack, learnShown } from "../src/engine/lane/lane-reducer"
import { canClaim, mayShowOurs } from "../src/engine/lane/lane-row"
import { PRODUCTION as LANE, type Reducers as LaneReducers } from "../src/engine/lane/__tests__/lane-phases"
import { takeObservation } from "../src/engine/reconcile/judge-observation"

const REST = {
  canClaim,
  mayShowOurs,
  computeRow,
  planOrder,
  learnShown,
  holdBack,
  exclusiveCeiling,
  raiseExposure,
  beginBisection,
  nextSpan,
  answerSpan,
  callBudget,
  planGuard,
  releaseGuard,
  mayCall,
  beginCall,
  afterAnswer,
  afterFailure,
  takeObservation,
} as const

/** Every decision of the hub that the simulation puts to the test. Nothing else of it decides anything. */
export type Reducers = LaneReducers & { readonly [Name in keyof typeof REST]: (typeof REST)[Name] }

/** The reducers that ship. */
export const PRODUCTION: Reducers = { ...LANE, ...REST }
