import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { forkSimulators } from "../server/fork-simulators"
import { callSimulator, listing } from "./simulator-calls"

const MAIN = join(__dirname, "..", "server", "main.ts")
const children: ChildProcess[] = []

afterEach(() => {
  children.splice(0).forEach((child) => child.kill("SIGKILL"))
})

function run(argument: string): ChildProcess {
  const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", MAIN, argument])
  children.push(child)
  return child
}

async function firstLine(child: ChildProcess): Promise<unknown> {
  const [chunk]: unknown[] = child.stdout ? await once(child.stdout, "data") : []
  return JSON.parse(String(chunk).split("\n")[0] ?? "")
}

describe("the simulator's own process", () => {
  it("hosts several simulators for a parent that forked it and stops them", async () => {
    const forked = await forkSimulators([{ name: "one", listings: [listing("A", 3)] }, { name: "two" }])
    const [one, two] = forked.simulators
    expect([one?.name, two?.name]).toEqual(["one", "two"])
    expect(await callSimulator(one?.url ?? "", "GET /control/state")).toMatchObject({
      body: { stock: [{ listing_id: "A", quantity: 3 }] },
    })
    await forked.stop()
    await expect(callSimulator(two?.url ?? "", "GET /control/state")).rejects.toThrow("fetch failed")
  })

  it("prints a line when it is ready and ends when its parent's pipe closes", async () => {
    const child = run('{"name":"piped"}')
    expect(await firstLine(child)).toMatchObject({ name: "piped", url: expect.stringMatching(/^http:/) as unknown })
    child.stdin?.end()
    expect(await once(child, "exit")).toEqual([0, null])
  })

  it("says what is wrong with its settings and ends", async () => {
    const child = run('{"nam":"typo"}')
    const [words]: unknown[] = child.stderr ? await once(child.stderr, "data") : []
    expect(String(words)).toContain("nam")
    expect(await once(child, "exit")).toEqual([1, null])
  })
})
