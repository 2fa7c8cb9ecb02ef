import type { DemoOptions } from "./options"
import type { Stage } from "./stage"
import type { ProgressBars } from "./terminal/progress-bars"
export async function runLive(_stage: Stage, _options: DemoOptions, _bars: ProgressBars, _isStopped: () => boolean): Promise<number> {
  throw new Error("live")
}
