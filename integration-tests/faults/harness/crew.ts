import type { EngineWorker } from "./engine-worker"
import type { FaultWorld } from "./fault-world"

const PLACES = ["lane.claimed", "lane.before-push", "lane.after-push", "lane.before-settle"] as const

interface CrewOptions {
  readonly size: number
  /** Each of them dies at a random place, at its so-manieth visit there at the latest. */
  readonly diesWithin: number
  readonly plantedBug?: string | null
}

/** Workers that die at random places, each replaced at once by another that will. */
export class Crew {
  crashes = 0
  private readonly members = new Map<number, EngineWorker>()
  private hired = 0
  private isOver = false
  private readonly replacing = new Set<Promise<void>>()

  constructor(
    private readonly world: FaultWorld,
    private readonly options: CrewOptions
  ) {}

  async start(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.size }, (_, place) => this.hire(place)))
  }

  /** From now on nobody is replaced; whoever lives works on. */
  async settle(): Promise<void> {
    this.isOver = true
    await Promise.all(this.replacing)
  }

  private async hire(place: number): Promise<void> {
    const { random } = this.world.context
    this.hired += 1
    const where = PLACES[Math.floor(random() * PLACES.length)] ?? "lane.claimed"
    const visit = 1 + Math.floor(random() * this.options.diesWithin)
    const worker = await this.world.worker(`worker-${this.hired}`, {
      failpoints: `${where}=kill@${visit}`,
      plantedBug: this.options.plantedBug ?? null,
    })
    this.members.set(place, worker)
    void worker.exited.then(() => {
      if (!this.isOver) {
        this.crashes += 1
        const replacing = this.hire(place).finally(() => this.replacing.delete(replacing))
        this.replacing.add(replacing)
      }
    })
    await worker.begin().catch(() => undefined)
  }
}
