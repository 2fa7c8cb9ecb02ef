import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { AddressGuard } from "../../http/address-guard"
import { createHttpClient, guardOf } from "../../http/http-client"
import type { HttpExchange } from "../../http/http-exchange"
import { Transport } from "../../http/transport"
import type HubSyncService from "../../modules/sync/service"
import type { HttpClient, HttpResponse } from "../../types/http-port"
import type { LimitDeclaration, LimitUsage } from "../../types/limits"
import { HubModules } from "../../types/modules"
import type { EngineOptions } from "../../types/options"
import { BucketStore } from "../limits/bucket-store"
import { ConnectionGate } from "../limits/connection-gate"
import type { Sql } from "../sql"
import { AddressIssues } from "./address-issues"
import { ExchangeWriter, type ExchangeOwner } from "./exchange-writer"

/** What a client to a channel is opened for. */
export interface OutboundTarget {
  readonly baseUrl: string
  /** Values that must not be seen in the log. */
  readonly secrets: readonly string[]
  readonly limits: readonly LimitDeclaration[]
  readonly readUsage: ((response: HttpResponse) => LimitUsage | null) | undefined
  /** Longest time of one request, in milliseconds; null for the engine's own. */
  readonly timeoutMs: number | null
}

/** Sockets of settings that nobody has stored yet. */
const UNSAVED = ""

/**
 * The one way out of this process: what all clients of a connection share, however many are opened. Sockets and places,
 * so that a hanging channel holds up itself alone; the channel's limits; and the log of exchanges.
 */
export class Outbound {
  private readonly guard: AddressGuard
  private readonly transports = new Map<string, Transport>()
  private readonly gates = new Map<string, { readonly limits: string; readonly gate: ConnectionGate }>()
  private readonly addressIssues: AddressIssues
  readonly exchanges: ExchangeWriter

  constructor(
    private readonly sql: Sql,
    private readonly logger: Pick<Logger, "warn">,
    private readonly options: EngineOptions
  ) {
    this.guard = guardOf(options.allow_private_addresses)
    this.exchanges = new ExchangeWriter(sql, this.warn)
    this.addressIssues = new AddressIssues(sql, this.warn)
  }

  /** @param owner null for settings that are not stored: their calls are neither counted nor logged. */
  open(owner: ExchangeOwner | null, target: OutboundTarget): HttpClient {
    const onExchange = (exchange: HttpExchange): void => {
      if (owner) {
        this.exchanges.add(owner, exchange)
        this.addressIssues.note(owner, exchange)
      }
    }
    return createHttpClient({
      baseUrl: target.baseUrl,
      timeoutMs: target.timeoutMs ?? this.options.request_timeout_ms,
      transport: this.transportOf(owner?.connectionId ?? UNSAVED),
      secrets: target.secrets,
      onExchange,
      ...(owner ? { gate: this.gateOf(owner, target) } : {}),
    })
  }

  private readonly warn = (message: string): void => this.logger.warn(message)

  /** Writes down what is still only in this process. */
  async flush(): Promise<void> {
    await Promise.all([this.exchanges.flush(), ...[...this.gates.values()].map(({ gate }) => gate.settle())])
  }

  async stop(): Promise<void> {
    await this.flush()
    await Promise.all([...this.transports.values()].map((transport) => transport.close()))
    this.transports.clear()
  }

  /** Limits belong to the connection. When its settings declare others, they are counted anew in this process. */
  private gateOf(owner: ExchangeOwner, { limits, readUsage }: OutboundTarget): ConnectionGate {
    const known = this.gates.get(owner.connectionId)
    const wanted = JSON.stringify(limits)
    if (known?.limits === wanted) {
      return known.gate
    }
    const gate = new ConnectionGate({ store: new BucketStore(this.sql, owner), limits, readUsage, warn: this.warn })
    this.gates.set(owner.connectionId, { limits: wanted, gate })
    return gate
  }

  private transportOf(key: string): Transport {
    const known = this.transports.get(key)
    if (known) {
      return known
    }
    const transport = new Transport({ guard: this.guard })
    this.transports.set(key, transport)
    return transport
  }
}

/** The way out of this process, made when it is first needed. */
export function outboundOf(container: MedusaContainer): Outbound {
  const service = container.resolve<HubSyncService>(HubModules.SYNC)
  if (service.outbound instanceof Outbound) {
    return service.outbound
  }
  const outbound = new Outbound(
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    container.resolve<Logger>(ContainerRegistrationKeys.LOGGER),
    service.engineOptions
  )
  service.outbound = outbound
  return outbound
}
