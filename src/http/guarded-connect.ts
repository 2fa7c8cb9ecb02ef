import { lookup as lookUpName } from "node:dns"
import type { LookupAddress, LookupOptions } from "node:dns"
import type { LookupFunction } from "node:net"
import { buildConnector } from "undici"
import type { AddressGuard } from "./address-guard"

/** Turns a name into addresses, as `dns.lookup` does with `all: true`. */
export type LookUp = (
  host: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void
) => void

/** A connection that was not opened because the address is not public. Carries the host, never the address behind it. */
export class AddressRefused extends Error {
  readonly code = "HUB_ADDRESS_REFUSED"
  constructor(
    readonly host: string,
    readonly range: string
  ) {
    super(`${host} is refused: ${range}`)
  }
}

export interface GuardedConnectOptions {
  readonly guard: AddressGuard
  readonly connectTimeoutMs: number
  readonly lookUp?: LookUp
}

/**
 * One private answer among public ones refuses them all. Otherwise it would be chance which of them gets the request.
 */
function guardedLookup(guard: AddressGuard, lookUp: LookUp): LookupFunction {
  return (host, options, callback) => {
    lookUp(host, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, [])
        return
      }
      for (const { address } of addresses) {
        const verdict = guard.judgeAnswer(host, address)
        if (verdict.kind === "refused") {
          callback(new AddressRefused(host, verdict.range), [])
          return
        }
      }
      const [first] = addresses
      if (options.all || !first) {
        callback(first ? null : Object.assign(new Error("no address"), { code: "ENOTFOUND" }), addresses)
      } else {
        callback(null, first.address, first.family)
      }
    })
  }
}

/**
 * Opens connections, but only to addresses that the guard allows.
 *
 * The judgement falls when the socket is opened and on the very addresses it will use, so a name that leads elsewhere the
 * second time is caught the second time. Literals are judged apart, because no lookup is ever made for them.
 */
export function guardedConnect({ guard, connectTimeoutMs, lookUp }: GuardedConnectOptions): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: guardedLookup(guard, lookUp ?? lookUpName),
    // Not to be switched off by NODE_TLS_REJECT_UNAUTHORIZED. Own authorities come by NODE_EXTRA_CA_CERTS.
    rejectUnauthorized: true,
  })
  return (options, callback) => {
    const verdict = guard.judgeHost(options.hostname)
    if (verdict.kind === "refused") {
      callback(new AddressRefused(options.hostname, verdict.range), null)
      return
    }
    connect(options, callback)
  }
}
