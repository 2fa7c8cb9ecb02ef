import { HUB_ROUTES } from "../../../src/api/hub-routes"
import { badInputs, sampleBody, type BadInput } from "../../helpers/bad-inputs"
import { firstAdmin, type AdminClient } from "../../helpers/admin-client"
import { useWorld, type MedusaSuite } from "../../helpers/use-world"

const COUNT = 800
const NOBODY = "nobody_knows_this"

/** What was wrong with the answer; null when nothing was. */
async function judge(client: AdminClient, input: BadInput): Promise<string | null> {
  const { status, body } = await client.send(input.method, input.path, {
    headers: input.headers,
    ...(input.body === undefined ? {} : { body: input.body }),
  })
  const { message = "" } = body
  const said = `${input.what} → ${status} ${message.slice(0, 200)}`
  if (status >= 500) {
    return said
  }
  if (status < 400) {
    return input.mustName === null ? null : `${said} (taken)`
  }
  const isInWords =
    message.length > 10 && message.includes(" ") && !/unknown error|conflicted with another/i.test(message)
  return isInWords && message.includes(input.mustName ?? "") ? null : `${said} (not in words)`
}

export const badInputCases = (medusa: MedusaSuite): void =>
  describe("bad inputs", () => {
    const world = useWorld(medusa)

    it(`${COUNT} of them, over all routes, are refused in words and break nothing`, async () => {
      const seed = Number(process.env.HUB_SEED ?? Math.floor(Math.random() * 2 ** 31))
      process.stdout.write(`bad inputs: seed ${seed} (HUB_SEED=${seed} repeats them)\n`)
      const { client } = await firstAdmin(world())
      const inputs = badInputs(seed, COUNT)
      expect(inputs.length).toBe(COUNT)
      const wrong: string[] = []
      for (const input of inputs) {
        const problem = await judge(client, input)
        if (problem !== null) {
          wrong.push(problem)
        }
      }
      expect({ seed, wrong }).toEqual({ seed, wrong: [] })
      expect((await client.call("GET", "/admin/hub/overview")).status).toBe(200)
    })

    it("a path that is not percent-encoded dies in Medusa, ours like its own", async () => {
      const { client } = await firstAdmin(world())
      const answers = await Promise.all(
        ["/admin/products/%E0%A4%A", "/admin/hub/runs/%E0%A4%A"].map((path) => client.call("GET", path))
      )
      // When Medusa mends it, ours has to be refused in words: put it into WRONG_IDS then.
      expect(answers.map(({ status }) => status)).toEqual([500, 500])
    })

    it("a path with an id that nobody has says which id that is, on every route", async () => {
      const { client } = await firstAdmin(world())
      const wrong: string[] = []
      for (const { method, path, body } of HUB_ROUTES.filter((route) => route.path.includes(":"))) {
        const url = path.replace(/:[a-z_]+/g, NOBODY)
        const answer = await client.call(method, url, method === "GET" ? undefined : sampleBody(body))
        if (answer.status !== 404 || answer.body.message?.includes(NOBODY) !== true) {
          wrong.push(`${method} ${path} → ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`)
        }
      }
      expect(wrong).toEqual([])
    })
  })
