import { Agent } from "undici"
import type { HttpRequest } from "../types/http-port"
import type { AddressGuard } from "./address-guard"
import { AnswerCollector, type RawAnswer } from "./answer-collector"
import { Bulkhead } from "./bulkhead"
import { decodeBody } from "./decode-body"
import { guardedConnect, type LookUp } from "./guarded-connect"

export interface TransportOptions {
  readonly guard: AddressGuard
  /** Looking up the name, connecting and the TLS handshake together, in milliseconds. 5,000 unless given. */
  readonly connectTimeoutMs?: number
  /** Longest pause within an answer, in milliseconds. 10,000 unless given. */
  readonly idleTimeoutMs?: number
  /** All headers of an answer together. 16 KiB unless given. */
  readonly maxHeaderBytes?: number
  /** A longer answer, packed or unpacked, is not read to its end. 10 MiB unless given. */
  readonly maxResponseBytes?: number
  /** Calls at the same time. 8 unless given. */
  readonly maxConcurrent?: number
  /** Calls that may wait for a place. One more is turned away. 256 unless given. */
  readonly maxWaiting?: number
  /** For tests: stands in for the system's name lookup. */
  readonly lookUp?: LookUp
}

export interface TransportCall {
  readonly method: HttpRequest["method"]
  /** Complete and checked. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
  /** From now until the last byte, in milliseconds. At most half of it is spent waiting for a place. */
  readonly timeoutMs: number
}

const KIB = 1_024

/**
 * The sockets to one external system. Keeps connections alive, knows every bound, follows no redirect and heeds no proxy.
 */
export class Transport {
  private readonly agent: Agent
  private readonly bulkhead: Bulkhead
  private readonly idleMs: number
  private readonly maxBytes: number

  constructor(options: TransportOptions) {
    const places = options.maxConcurrent ?? 8
    this.bulkhead = new Bulkhead(places, options.maxWaiting ?? 256)
    this.idleMs = options.idleTimeoutMs ?? 10_000
    this.maxBytes = options.maxResponseBytes ?? 10 * KIB * KIB
    this.agent = new Agent({
      connect: guardedConnect({
        guard: options.guard,
        connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
        ...(options.lookUp ? { lookUp: options.lookUp } : {}),
      }),
      connections: places,
      pipelining: 1,
      maxHeaderSize: options.maxHeaderBytes ?? 16 * KIB,
      // The collector keeps the time, to the millisecond.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }

  /** Resolves for every HTTP status, with the body unpacked. Rejects with a `CallFailure`. */
  send(call: TransportCall): Promise<RawAnswer> {
    const begun = performance.now()
    // Who got in at the last moment could only send and not hear the answer, which is worse than not to send.
    return this.bulkhead.run(call.timeoutMs / 2, async () => {
      const timeoutMs = call.timeoutMs - (performance.now() - begun)
      const collector = new AnswerCollector({ timeoutMs, idleMs: this.idleMs, maxBytes: this.maxBytes })
      try {
        this.agent.dispatch(
          {
            origin: call.url.origin,
            path: call.url.pathname + call.url.search,
            method: call.method,
            headers: call.headers,
            body: call.body,
          },
          collector
        )
      } catch (error) {
        collector.onResponseError(undefined, error)
      }
      const answer = await collector.answer
      return { ...answer, body: await decodeBody(answer, this.maxBytes) }
    })
  }

  /** Closes the sockets. What is on its way is cut off. */
  async close(): Promise<void> {
    await this.agent.destroy()
  }
}
