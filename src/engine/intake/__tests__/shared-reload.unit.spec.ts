import { setTimeout as sleep } from "node:timers/promises"
import { SharedReload } from "../shared-reload"

/** Work that is counted, and that ends when it is told to. */
function counted() {
  const ends: (() => void)[] = []
  const work = (): Promise<void> => new Promise((resolve) => ends.push(resolve))
  return {
    work,
    get begun() {
      return ends.length
    },
    endAll: () => ends.forEach((end) => end()),
  }
}

describe("SharedReload", () => {
  it("does for a thousand callers what it does for one", async () => {
    const job = counted()
    const reload = new SharedReload(job.work, () => 0)
    const callers = Array.from({ length: 1_000 }, () => reload.now())
    await sleep(0)
    job.endAll()
    await Promise.all(callers)
    expect(job.begun).toBe(1)
  })

  it("gives whoever asks while it works the next work, not the one that has begun before", async () => {
    const job = counted()
    let now = 0
    const reload = new SharedReload(job.work, () => now)
    const first = reload.now()
    await sleep(0)
    const second = reload.now()
    now = 10_000
    job.endAll()
    await first
    await sleep(5)
    expect(job.begun).toBe(2)
    job.endAll()
    await second
  })

  it("waits between two works, however many ask", async () => {
    const job = counted()
    const reload = new SharedReload(async () => {
      void job.work()
    })
    const begun = performance.now()
    await reload.now()
    await Promise.all([reload.now(), reload.now(), reload.now()])
    expect(job.begun).toBe(2)
    expect(performance.now() - begun).toBeGreaterThan(200)
  })

  it("turns away who comes when too many wait, instead of letting them pile up", async () => {
    const job = counted()
    const reload = new SharedReload(job.work, () => 0)
    const callers = Array.from({ length: 1_000 }, () => reload.now())
    await reload.now()
    await sleep(0)
    expect(job.begun).toBe(1)
    job.endAll()
    await Promise.all(callers)
  })

  it("tells everybody of a failure, and tries again for the next", async () => {
    let calls = 0
    const reload = new SharedReload(async () => {
      calls += 1
      if (calls === 1) {
        throw new Error("away")
      }
    })
    await expect(Promise.allSettled([reload.now(), reload.now()])).resolves.toMatchObject([
      { status: "rejected" },
      { status: "rejected" },
    ])
    await expect(reload.ifOlderThan(1_000)).resolves.toBeUndefined()
    expect(calls).toBe(2)
    await reload.ifOlderThan(1_000)
    expect(calls).toBe(2)
  })
})
