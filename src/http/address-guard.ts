import ipaddr from "ipaddr.js"
import { err, ok, type Result } from "../lib/result"

/** What stands behind a host, seen from where requests may go. */
export type AddressVerdict =
  | { readonly kind: "allowed" }
  /** A name: nothing can be said before it is looked up, and every answer has to be judged then. */
  | { readonly kind: "name" }
  | { readonly kind: "refused"; readonly range: string }

export interface AddressGuard {
  /** Judges a host as it stands in an address: a literal in any notation, or a name. */
  judgeHost(host: string): AddressVerdict
  /** Judges one answer of a name lookup. */
  judgeAnswer(host: string, address: string): Exclude<AddressVerdict, { kind: "name" }>
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

const ALLOWED: AddressVerdict & { kind: "allowed" } = { kind: "allowed" }
const refused = (range: string): AddressVerdict & { kind: "refused" } => ({ kind: "refused", range })

/** Everything that the internet's registry has given out as global unicast so far. What lies outside is refused. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3")
/** RFC 6052: an IPv4 address behind a translator. Networks without IPv4 reach public hosts through it. */
const NAT64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96")
/** Azure answers its virtual machines here, and the range looks public. */
const PLATFORM_ADDRESSES = ["168.63.129.16"]

const embeddedIpv4 = (address: ipaddr.IPv6): ipaddr.IPv4 => new ipaddr.IPv4(address.toByteArray().slice(12))

/** IPv4 that is only written as IPv6, as what it is. */
function unwrap(address: Address): Address {
  if (address instanceof ipaddr.IPv4) {
    return address
  }
  if (address.isIPv4MappedAddress()) {
    return address.toIPv4Address()
  }
  return address.match(NAT64) ? embeddedIpv4(address) : address
}

/** Why nobody may be called there, or null. Tunnels (6to4, Teredo) and local translators count as not public. */
function privateRange(address: Address): string | null {
  const range = address.range()
  if (range !== "unicast") {
    return range
  }
  if (address instanceof ipaddr.IPv6) {
    return address.match(GLOBAL_IPV6) ? null : "reserved"
  }
  return PLATFORM_ADDRESSES.includes(address.toString()) ? "platform" : null
}

const normaliseHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")

/** Reads decimal, octal and hexadecimal notations, too: `2130706433` and `0177.1` are 127.0.0.1. */
const parseAddress = (text: string): Address | null => (ipaddr.isValid(text) ? ipaddr.parse(text) : null)

type Allowed =
  { readonly kind: "range"; readonly range: [Address, number] } | { readonly kind: "host"; readonly host: string }

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/

function parseAllowed(entry: string): Allowed | null {
  const text = normaliseHost(entry.trim())
  if (ipaddr.isValidCIDR(text)) {
    return { kind: "range", range: ipaddr.parseCIDR(text) }
  }
  if (text.includes("/")) {
    return null
  }
  // Only the usual notation: somebody who writes "10.1" hardly means 10.0.0.1.
  if (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)) {
    const address = unwrap(ipaddr.parse(text))
    return { kind: "range", range: [address, address instanceof ipaddr.IPv4 ? 32 : 128] }
  }
  return HOST_NAME.test(text) && !ipaddr.isValid(text) ? { kind: "host", host: text } : null
}

/** Ranges of the other family never match. */
const isWithin = (address: Address, [base, bits]: [Address, number]): boolean =>
  address instanceof ipaddr.IPv4
    ? base instanceof ipaddr.IPv4 && address.match(base, bits)
    : base instanceof ipaddr.IPv6 && address.match(base, bits)

/**
 * Decides which addresses requests may go to: public ones, and those that the operator allows. Pure.
 *
 * @param allow addresses, ranges (`10.1.0.0/16`) and host names (`erp.internal`) that are reached although they are not
 * public. A name stands for whatever it leads to.
 * @returns an error that names the entry which is none of these
 */
export function createAddressGuard(allow: readonly string[]): Result<AddressGuard, string> {
  const allowed: Allowed[] = []
  for (const entry of allow) {
    const parsed = parseAllowed(entry)
    if (!parsed) {
      return err(entry)
    }
    allowed.push(parsed)
  }
  const ranges = allowed.flatMap((entry) => (entry.kind === "range" ? [entry.range] : []))
  const hosts = new Set(allowed.flatMap((entry) => (entry.kind === "host" ? [entry.host] : [])))

  function judgeAddress(written: Address): Exclude<AddressVerdict, { kind: "name" }> {
    const address = unwrap(written)
    const range = privateRange(address)
    return range === null || ranges.some((candidate) => isWithin(address, candidate)) ? ALLOWED : refused(range)
  }

  return ok({
    judgeHost(host) {
      const address = parseAddress(normaliseHost(host))
      return address ? judgeAddress(address) : { kind: "name" }
    },
    judgeAnswer(host, text) {
      if (hosts.has(normaliseHost(host))) {
        return ALLOWED
      }
      const address = parseAddress(text)
      return address ? judgeAddress(address) : refused("unreadable")
    },
  })
}
