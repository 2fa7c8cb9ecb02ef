import type { HubRun, HubRunItem } from "./hub"

/** `GET /admin/hub/runs` */
export interface HubRunsResponse {
  runs: HubRun[]
  /** Pass it as `cursor` to read on; null at the end. */
  next_cursor: string | null
}

/** `GET /admin/hub/runs/:id`, and what a run that is asked for, stopped or tried again is answered with. */
export interface HubRunResponse {
  run: HubRun
  /** What went wrong, at most 200 of them. */
  items: HubRunItem[]
}
