import type { HubListingsResponse, HubOverviewResponse } from "../../../src/types/http/hub"

/** What the demo asks of Medusa's admin API, over HTTP like everybody else. */
export class AdminApi {
  private constructor(
    private readonly url: string,
    private readonly token: string
  ) {}

  /** Logs in. */
  static async open(url: string, login: { readonly email: string; readonly password: string }): Promise<AdminApi> {
    const response = await fetch(`${url}/auth/user/emailpass`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(login),
    })
    if (!response.ok) {
      throw new Error(`The demo's admin could not log in (${response.status}). Start over with --reset.`)
    }
    const { token } = (await response.json()) as { token: string }
    return new AdminApi(url, token)
  }

  async get<Answer>(path: string): Promise<Answer> {
    return this.request<Answer>("GET", path)
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.request<Answer>("POST", path, body)
  }

  /** How every connection stands; latency only of changes caused since. */
  overview(since: Date | null): Promise<HubOverviewResponse> {
    return this.get(`/admin/hub/overview${since ? `?since=${encodeURIComponent(since.toISOString())}` : ""}`)
  }

  /** Every listing that a filter finds, page by page. */
  async allListings(filter: string): Promise<HubListingsResponse["listings"]> {
    const listings: HubListingsResponse["listings"] = []
    let cursor: string | null = null
    do {
      const page: HubListingsResponse = await this.get(
        `/admin/hub/listings?limit=200&${filter}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`
      )
      listings.push(...page.listings)
      cursor = page.next_cursor
    } while (cursor)
    return listings
  }

  private async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
    }
    return (await response.json()) as Answer
  }
}
