/** A world so small that everything that can happen in it can be tried. */
export interface SmallWorld<State> {
  readonly initial: State
  /** Everything that can happen next, in words. */
  readonly next: (state: State) => readonly { readonly words: string; readonly state: State }[]
  /** The same for states that cannot be told apart. */
  readonly keyOf: (state: State) => string
  /** How bad a state is; 0 is good. */
  readonly badness: (state: State) => number
}

export interface Exploration {
  readonly states: number
  /** Every state was reached; otherwise the search was given up. */
  readonly isExhaustive: boolean
  readonly worst: number
  /** The shortest way to the worst state. */
  readonly story: readonly string[]
}

interface Visit<State> {
  readonly state: State
  readonly words: string
  readonly from: Visit<State> | null
}

function storyOf<State>(visit: Visit<State>): string[] {
  const story: string[] = []
  let at = visit
  while (at.from) {
    story.unshift(at.words)
    at = at.from
  }
  return story
}

/** Tries every interleaving, nearest first. Gives up after `most` states. */
export function explore<State>(world: SmallWorld<State>, most = 2_000_000): Exploration {
  const first: Visit<State> = { state: world.initial, words: "", from: null }
  const seen = new Set([world.keyOf(world.initial)])
  let worst = { visit: first, badness: world.badness(world.initial) }
  let frontier = [first]
  while (frontier.length > 0 && seen.size <= most) {
    const reached: Visit<State>[] = []
    for (const from of frontier) {
      for (const { words, state } of world.next(from.state)) {
        const key = world.keyOf(state)
        if (!seen.has(key)) {
          seen.add(key)
          const visit = { state, words, from }
          reached.push(visit)
          const badness = world.badness(state)
          if (badness > worst.badness) {
            worst = { visit, badness }
          }
        }
      }
    }
    frontier = reached
  }
  return { states: seen.size, isExhaustive: frontier.length === 0, worst: worst.badness, story: storyOf(worst.visit) }
}
