import { HubError } from "../../lib/errors"
import { Patience } from "../patience"

const limited = (retryAfterMs: number): HubError =>
  new HubError({ kind: "rate-limited", message: "slow", retryAfterMs })

describe("patience", () => {
  it("grants the pauses that a channel asks for, and goes on", async () => {
    let calls = 0
    const answer = await new Patience().with(() => {
      calls += 1
      return calls < 3 ? Promise.reject(limited(1)) : Promise.resolve("there")
    })
    expect([answer, calls]).toEqual(["there", 3])
  })

  it("does not keep a person waiting for ever", async () => {
    let calls = 0
    const call = (): Promise<never> => {
      calls += 1
      return Promise.reject(limited(3_600_000))
    }
    await expect(new Patience().with(call)).rejects.toMatchObject({ kind: "rate-limited" })
    expect(calls).toBe(1)
  })

  it("passes any other failure on at once", async () => {
    const refused = new HubError({ kind: "auth", message: "no" })
    await expect(new Patience().with(() => Promise.reject(refused))).rejects.toBe(refused)
  })
})
