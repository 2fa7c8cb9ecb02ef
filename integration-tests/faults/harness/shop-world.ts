import { ENGINE } from "./engine-limits"
import type { FaultContext } from "./fault-context"
import { FaultWorld, type ChannelPlan } from "./fault-world"
import type { FaultChannel } from "./fault-channel"
import { ShopProcess } from "./shop-process"
import { shopEnvironment } from "./shop-template"

/**
 * A world whose engine is a real Medusa: for everything that takes in messages or orders. Booting one takes long, so rows
 * may share it: each connects channels of its own.
 */
export class ShopWorld {
  private running: ShopProcess | null = null

  private constructor(readonly world: FaultWorld) {}

  static async open(context: FaultContext): Promise<ShopWorld> {
    return new ShopWorld(await FaultWorld.open(context, { channels: [] }))
  }

  /** The Medusa, booted unless it runs. */
  async shop(variables: Readonly<Record<string, string>> = {}): Promise<ShopProcess> {
    if (!this.running?.isRunning) {
      const { repoFolder, folder } = this.world.context
      this.running = await ShopProcess.start(
        shopEnvironment(
          { repoFolder, folder, databaseUrl: this.world.databaseUrl },
          { HUB_ENGINE_OPTIONS: JSON.stringify(ENGINE), ...variables }
        )
      )
    }
    return this.running
  }

  /** A channel for one row. */
  connect(plan: ChannelPlan): Promise<FaultChannel> {
    return this.world.connect(plan)
  }

  /** The row is over: the channel is gone and its rows are looked at no more. */
  async disconnect(channel: FaultChannel): Promise<void> {
    await this.world.disconnect(channel)
  }

  async close(): Promise<void> {
    if (this.running?.isRunning) {
      await this.running.kill()
    }
    await this.world.close()
  }
}
