/** What one run of `scripts/checks/simulation.ts` spends. */

export const FIXED_SEED = 1

/** Steps from each of two seeds, the fixed one and one of the day. */
export const STEPS_PER_SEED = 750_000

/** Enough for the mistake that hides best, from where it is found soon. */
export const STEPS_FOR_A_PLANT = 2_000_000
export const SEED_FOR_PLANTS = 5_000
