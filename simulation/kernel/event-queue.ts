export interface ScheduledEvent {
  readonly at: number
  /** Of two events at one moment, the one that was planned first comes first. */
  readonly order: number
  readonly run: () => void
}

const isBefore = (a: ScheduledEvent, b: ScheduledEvent): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

/** What is going to happen, soonest first (a binary heap). */
export class EventQueue {
  private readonly heap: ScheduledEvent[] = []

  get size(): number {
    return this.heap.length
  }

  push(event: ScheduledEvent): void {
    const { heap } = this
    let index = heap.length
    heap.push(event)
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (!parent || isBefore(parent, event)) {
        break
      }
      heap[index] = parent
      index = above
    }
    heap[index] = event
  }

  pop(): ScheduledEvent | undefined {
    const { heap } = this
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) {
      return first
    }
    let index = 0
    for (;;) {
      const left = heap[2 * index + 1]
      const right = heap[2 * index + 2]
      const child = left && right && isBefore(right, left) ? right : left
      if (!child || isBefore(last, child)) {
        break
      }
      const next = child === left ? 2 * index + 1 : 2 * index + 2
      heap[index] = child
      index = next
    }
    heap[index] = last
    return first
  }
}
