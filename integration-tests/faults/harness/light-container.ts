import { createRequire } from "node:module"
import { join } from "node:path"
import { asValue } from "@medusajs/framework/awilix"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import type * as Envelope from "../../../src/modules/integration-config/core/envelope"
import { query, type Sql } from "../../../src/engine/sql"
import { HubModules } from "../../../src/types/modules"
import type { EngineOptions } from "../../../src/types/options"

const requireAny = createRequire(__filename)

/** Loads a module of a checkout of this repository, perhaps of an older one. Only the caller knows its type. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what is loaded by its path has no type
export const loadFrom = <Module>(source: string, path: string): Module => requireAny(join(source, path)) as Module

interface ConnectionRow {
  readonly id: string
  readonly company_id: string
  readonly name: string
}

interface StateChange {
  readonly id: string
  readonly state: string
  readonly state_reason: string
}

interface LightContainerInput {
  readonly source: string
  readonly sql: Sql
  readonly keys: string
  readonly engine: EngineOptions
  readonly log: (line: string) => void
}

/** The module that keeps connections, as far as the engine needs it: the same rows and the same encryption. */
class ConnectionsStandIn {
  constructor(private readonly input: LightContainerInput) {}

  async retrieveHubConnection(id: string): Promise<ConnectionRow> {
    const [connection] = await query<ConnectionRow>(
      this.input.sql,
      "SELECT * FROM hub_connection WHERE id = :id AND deleted_at IS NULL",
      { id }
    )
    if (!connection) {
      throw new Error(`There is no connection ${id}.`)
    }
    return connection
  }

  async readSecrets(connectionId: string): Promise<Record<string, string>> {
    const envelope = loadFrom<typeof Envelope>(this.input.source, "src/modules/integration-config/core/envelope")
    const ring = envelope.parseKeyRing(this.input.keys)
    if (!ring.ok) {
      throw new Error(ring.error.message)
    }
    const rows = await query<{ name: string; ciphertext: string }>(
      this.input.sql,
      "SELECT name, ciphertext FROM hub_credential WHERE connection_id = :connectionId AND deleted_at IS NULL",
      { connectionId }
    )
    return Object.fromEntries(
      rows.map(({ name, ciphertext }) => {
        const secret = envelope.openSecret(
          ring.value,
          { table: "hub_credential", connectionId, field: name },
          ciphertext
        )
        if (!secret.ok) {
          throw Object.assign(new Error(secret.error.message), { kind: secret.error.kind })
        }
        return [name, secret.value]
      })
    )
  }

  readonly extraConnectors = []
  readonly givenConnections = {}
  readonly environment = {}

  async updateHubConnections(changes: readonly StateChange[]): Promise<ConnectionRow[]> {
    const updated: ConnectionRow[] = []
    for (const { id, state, state_reason: reason } of changes) {
      updated.push(
        ...(await query<ConnectionRow>(
          this.input.sql,
          "UPDATE hub_connection SET state = :state, state_reason = :reason, updated_at = now() WHERE id = :id RETURNING *",
          { id, state, reason }
        ))
      )
    }
    return updated
  }
}

/** What the engine asks a Medusa container for, without a Medusa: so a worker starts within a second. */
export function lightContainer(input: LightContainerInput): MedusaContainer {
  const container = createMedusaContainer()
  const say = (line: unknown): void => input.log(String(line))
  container.register({
    [ContainerRegistrationKeys.PG_CONNECTION]: asValue(input.sql),
    [ContainerRegistrationKeys.LOGGER]: asValue({ info: say, warn: say, error: say, debug: () => undefined }),
    [HubModules.INTEGRATION_CONFIG]: asValue(new ConnectionsStandIn(input)),
    [HubModules.SYNC]: asValue({
      engineOptions: input.engine,
      engine: null,
      outbound: null,
      captureAnswer: null,
      lastSweep: null,
    }),
  })
  return container
}
