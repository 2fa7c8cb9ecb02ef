import { RunningChannel } from "../../../scripts/demo/worlds/simulators"
import type { LoggedWrite } from "../../../src/connectors/simulator/server/write-log"
import type { Stats } from "../../../src/connectors/simulator/server/stats"
import type { ChannelState } from "../../../scripts/demo/truth"

/** A fake channel that is connected to the hub, with the levers that break it. */
export class FaultChannel extends RunningChannel {
  constructor(
    running: RunningChannel,
    readonly connectionId: string,
    readonly webhookSecret: string
  ) {
    super(running.name, running.url, running.token)
  }

  state(): Promise<ChannelState> {
    return this.get("/control/state")
  }

  stats(): Promise<Stats> {
    return this.get("/control/stats")
  }

  async writes(since = 0): Promise<readonly LoggedWrite[]> {
    return (await this.get<{ writes: LoggedWrite[] }>(`/control/writes?since=${since}`)).writes
  }

  /** Calls so far that carried quantities, the one that is just on its way included. */
  async pushes(): Promise<number> {
    return (await this.stats()).calls_by_route["POST /v1/inventory/set"] ?? 0
  }

  /** What it shows of one listing; null for one that it does not know. */
  async shown(listingId: string): Promise<number | null> {
    const { stock } = await this.state()
    return stock.find((slot) => slot.listing_id === listingId)?.quantity ?? null
  }

  /** Makes it behave differently from now on. */
  behave(patch: Readonly<Record<string, unknown>>): Promise<void> {
    return this.control("/control/settings", patch)
  }

  /** The next so many writes take that long before they are applied. */
  holdNext(next: number, ms: number): Promise<void> {
    return this.control("/control/hold", { next, ms })
  }

  private async control(path: string, body: unknown): Promise<void> {
    const response = await fetch(this.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
    if (!response.ok) {
      throw new Error(`${this.name} answered ${response.status} at ${path}: ${await response.text()}`)
    }
  }
}
