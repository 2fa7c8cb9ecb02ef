import type { HubPreset, HubSubjectType } from "../../types/access"
import type { HubFailure } from "../errors"
import { err, ok, type Result } from "../result"

/** Who may do what, as it was granted. Only subjects that can still log in. */
export interface Grant {
  readonly subjectId: string
  readonly subjectType: HubSubjectType
  readonly preset: HubPreset
}

/** `null` takes the grant away. */
export interface GrantChange {
  readonly subjectId: string
  readonly subjectType: HubSubjectType
  readonly preset: HubPreset | null
}

export interface GrantRequest {
  readonly grants: readonly Grant[]
  /** Who asks; null on the command line, where nobody is logged in. */
  readonly actor: { readonly id: string; readonly type: HubSubjectType } | null
  readonly change: GrantChange
}

const isOwner = ({ subjectType, preset }: { subjectType: HubSubjectType; preset: HubPreset | null }): boolean =>
  subjectType === "user" && preset === "owner"

/** The grants as they would be. */
function after(grants: readonly Grant[], changes: readonly GrantChange[]): Grant[] {
  const changed = new Set(changes.map(({ subjectId }) => subjectId))
  const added = changes.flatMap(({ preset, ...subject }) => (preset === null ? [] : [{ ...subject, preset }]))
  return [...grants.filter(({ subjectId }) => !changed.has(subjectId)), ...added]
}

/**
 * What has to be written so that a grant holds and somebody can still change it.
 *
 * The first grant ends the time in which everybody may do everything. Who makes it becomes an owner with it, unless it makes
 * another person one. From then on there is always a person who is an owner: a key cannot log in to the admin.
 *
 * Fails with `conflict` when there would be grants and nobody to change them.
 */
export function planGrant({ grants, actor, change }: GrantRequest): Result<GrantChange[], HubFailure> {
  const isFirst = grants.length === 0
  if (isFirst && change.preset === null) {
    return ok([])
  }
  const isAnOwnerNamed = isOwner(change)
  const becomesOwner = isFirst && !isAnOwnerNamed && actor?.type === "user" && actor.id !== change.subjectId
  const changes: GrantChange[] = becomesOwner
    ? [{ subjectId: actor.id, subjectType: "user", preset: "owner" }, change]
    : [change]
  if (after(grants, changes).some(isOwner) || after(grants, changes).length === 0) {
    return ok(changes)
  }
  return isFirst
    ? err({
        kind: "conflict",
        message: "The first grant has to leave an owner who is a person. Make somebody an owner first.",
      })
    : err({
        kind: "conflict",
        message: `${change.subjectId} is the last owner. Make another person an owner first, or nobody could change access again.`,
      })
}
