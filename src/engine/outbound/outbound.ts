import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { AddressGuard } from "../../http/address-guard"
import { createHttpClient, guardOf } from "../../http/http-client"
import type { HttpExchange } from "../../http/http-exchange"
import { Transport } from "../../http/transport"
import type HubSyncService from "../../modules/sync/service"
import type { HttpClient } from "../../types/http-port"
import { HubModules } from "../../types/modules"
import type { EngineOptions } from "../../types/options"
import type { Sql } from "../sql"
import { AddressIssues } from "./address-issues"
import { ExchangeWriter, type ExchangeOwner } from "./exchange-writer"

/** What a client to a channel is opened for. */
export interface OutboundTarget {
  readonly baseUrl: string
  /** Values that must not be seen in the log. */
  readonly secrets: readonly string[]
}

/** Sockets of settings that nobody has stored yet. */
const UNSAVED = ""

/**
 * The one way out of this process: what all clients of a connection share, however many are opened. Sockets and places,
 * so that a hanging channel holds up itself alone; and the log of exchanges.
 */
export class Outbound {
  private readonly guard: AddressGuard
  private readonly transports = new Map<string, Transport>()
  private readonly addressIssues: AddressIssues
  readonly exchanges: ExchangeWriter

  constructor(
    sql: Sql,
    logger: Pick<Logger, "warn">,
    private readonly options: EngineOptions
  ) {
    this.guard = guardOf(options.allow_private_addresses)
    const warn = (message: string): void => logger.warn(message)
    this.exchanges = new ExchangeWriter(sql, warn)
    this.addressIssues = new AddressIssues(sql, warn)
  }

  /** @param owner null for settings that are not stored: their calls are not logged. */
  open(owner: ExchangeOwner | null, target: OutboundTarget): HttpClient {
    const onExchange = (exchange: HttpExchange): void => {
      if (owner) {
        this.exchanges.add(owner, exchange)
        this.addressIssues.note(owner, exchange)
      }
    }
    return createHttpClient({
      baseUrl: target.baseUrl,
      timeoutMs: this.options.request_timeout_ms,
      transport: this.transportOf(owner?.connectionId ?? UNSAVED),
      secrets: target.secrets,
      onExchange,
    })
  }

  async stop(): Promise<void> {
    await this.exchanges.flush()
    await Promise.all([...this.transports.values()].map((transport) => transport.close()))
    this.transports.clear()
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
