import { MultiBar, Presets, type SingleBar } from "cli-progress"
import type { Progress } from "../shop/prepare-shop"

/** Progress on a terminal: a bar for each step; in a pipe: a line for each step. */
export class ProgressBars {
  private readonly bars = new Map<string, SingleBar>()
  private readonly lines = new Set<string>()
  private multibar: MultiBar | null = null

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly isQuiet: boolean
  ) {}

  readonly show: Progress = (step, done, total) => {
    if (this.isQuiet) {
      return
    }
    if (!this.out.isTTY) {
      if (!this.lines.has(step)) {
        this.lines.add(step)
        this.out.write(`${step} …\n`)
      }
      return
    }
    this.multibar ??= new MultiBar(
      { format: "{step} {bar} {value}/{total}", hideCursor: true, clearOnComplete: false, stream: this.out },
      Presets.shades_classic
    )
    const bar = this.bars.get(step) ?? this.multibar.create(total, 0, { step: step.padEnd(18) })
    this.bars.set(step, bar)
    bar.setTotal(total)
    bar.update(done)
  }

  /** Leaves the bars as they are and gives the terminal back. */
  stop(): void {
    this.multibar?.stop()
    this.multibar = null
    this.bars.clear()
  }
}
