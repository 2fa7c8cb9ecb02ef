import { createAdmin } from "../../scripts/demo/shop/seed-shop"
import { findDifference } from "./answer-check"
import type { HubWorld } from "./hub-world"

export interface Answer<Body = { message?: string }> {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
}

const PASSWORD = "secret-password"

/** Calls the Admin API as somebody. Throws when an answer is not what the OpenAPI document says. */
export class AdminClient {
  constructor(
    private readonly baseUrl: string,
    private readonly authorization: string | null
  ) {}

  async send<Body = { message?: string }>(
    method: string,
    path: string,
    init: { readonly headers?: Record<string, string>; readonly body?: BodyInit } = {}
  ): Promise<Answer<Body>> {
    const response = await fetch(this.baseUrl + path, {
      ...init,
      method,
      headers: { ...(this.authorization === null ? {} : { authorization: this.authorization }), ...init.headers },
    })
    const body = parse(await response.text())
    const difference = findDifference(method, path, { status: response.status, body })
    if (difference !== null) {
      throw new Error(`${method} ${path} ${difference}: ${JSON.stringify(body).slice(0, 500)}`)
    }
    return { status: response.status, body: body as Body, headers: response.headers }
  }

  call<Body = { message?: string }>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send<Body>(method, path, {
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
}

/** What is no JSON is kept as the message, so that a test that fails shows it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return { message: text }
  }
}

async function logIn(baseUrl: string, email: string): Promise<string> {
  const login = await fetch(`${baseUrl}/auth/user/emailpass`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  return ((await login.json()) as { token: string }).token
}

/** Somebody who can log in. */
export interface Person {
  readonly id: string
  readonly client: AdminClient
}

/** Logs somebody in. */
export async function personOf(world: HubWorld, email: string): Promise<Person> {
  const [user] = await world.query<{ id: string }>(`SELECT id FROM "user" WHERE email = :email`, { email })
  const token = await logIn(world.baseUrl, email)
  return { id: user?.id ?? "", client: new AdminClient(world.baseUrl, `Bearer ${token}`) }
}

/** The admin that every world has. */
export const firstAdmin = (world: HubWorld): Promise<Person> => personOf(world, "a@stock-hub.test")

/** Another admin. */
export async function addAdmin(world: HubWorld, email: string): Promise<Person> {
  await createAdmin(world.container, { email, password: PASSWORD })
  return personOf(world, email)
}

export const stranger = (world: HubWorld): AdminClient => new AdminClient(world.baseUrl, null)

/** A secret API key. */
export async function addKey(world: HubWorld, admin: Person): Promise<Person> {
  const { body } = await admin.client.call<{ api_key: { id: string; token: string } }>("POST", "/admin/api-keys", {
    title: "Key",
    type: "secret",
  })
  return { id: body.api_key.id, client: new AdminClient(world.baseUrl, `Basic ${body.api_key.token}`) }
}
