import type { HubAccessMode, HubAction, HubPreset, HubSubjectType } from "../access"

/** Somebody who can reach the Admin API: a person or a secret API key. */
export interface HubAccessSubject {
  id: string
  type: HubSubjectType
  /** E-mail address of a person, title of a key. */
  name: string
  /** What was granted; null without a grant. */
  granted: HubPreset | null
  /** What holds: the grant, or what everybody without one may do. Null under Medusa's RBAC. */
  preset: HubPreset | null
}

/** `GET /admin/hub/access` */
export interface HubAccessResponse {
  /** What decides. */
  mode: HubAccessMode
  me: {
    id: string
    type: HubSubjectType
    preset: HubPreset | null
    actions: HubAction[]
  }
  subjects: HubAccessSubject[]
  /** Pass it as `cursor` to read on; null at the end. */
  next_cursor: string | null
}

/** `POST /admin/hub/access/:subject_id` */
export interface HubAccessGrantResponse {
  subject: {
    id: string
    type: HubSubjectType
    name: string
    granted: HubPreset | null
  }
}
