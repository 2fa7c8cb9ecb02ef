import type { HubWorld } from "./hub-world"

export interface AdminAnswer<Body> {
  readonly status: number
  readonly body: Body
}

export type AdminCall = <Body>(method: string, path: string, body?: unknown) => Promise<AdminAnswer<Body>>

/** Calls the Admin API as the admin that every world has. */
export async function adminCall(world: HubWorld): Promise<AdminCall> {
  const token = await world.login()
  return async <Body>(method: string, path: string, body?: unknown): Promise<AdminAnswer<Body>> => {
    const response = await fetch(world.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
}
