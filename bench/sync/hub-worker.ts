import type { ExecArgs } from "@medusajs/framework/types"
import { startEngine } from "../../src/engine"
import { storeSecrets } from "../../src/engine/connect"
import type HubSyncService from "../../src/modules/sync/service"
import { HubModules } from "../../src/types/modules"
import { connectionId, TOKEN } from "./layout"
import { measureUsage, type Usage } from "./usage"

/** The next message of the process that started this one. */
const told = (): Promise<unknown> => new Promise((resolve) => process.once("message", resolve))

const answer = (message: object): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!process.send) {
      reject(new Error("Only the benchmark starts this file."))
      return
    }
    process.send(message, (error: Error | null) => (error ? reject(error) : resolve()))
  })

export interface HubWorkerAnswer {
  readonly usage: Usage
}

/** The hub of one worker process, as `hub-drain` starts it: the production engine on Medusa's own container. */
export default async function runHubWorker({ container, args }: ExecArgs): Promise<void> {
  const channels = Number(args[0])
  for (let channel = 0; channel < channels; channel += 1) {
    await storeSecrets(container, { id: connectionId(channel), company_id: "hcomp_default" }, { token: TOKEN })
  }
  await answer({ ready: true })
  await told()
  const finish = measureUsage()
  startEngine(container)
  await answer({ started: true })
  await told()
  const usage = finish()
  await container.resolve<HubSyncService>(HubModules.SYNC).engine?.stop()
  await answer({ usage } satisfies HubWorkerAnswer)
}
