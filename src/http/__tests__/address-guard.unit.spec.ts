import fc from "fast-check"
import { createAddressGuard, type AddressGuard } from "../address-guard"

function guard(...allow: string[]): AddressGuard {
  const created = createAddressGuard(allow)
  if (!created.ok) {
    throw new Error(`Unexpectedly refused: ${created.error}`)
  }
  return created.value
}

const NOT_PUBLIC: readonly (readonly [string, string])[] = [
  ["0.0.0.0", "unspecified"],
  ["0.1.2.3", "unspecified"],
  ["10.0.0.1", "private"],
  ["100.64.0.1", "carrierGradeNat"],
  ["127.0.0.1", "loopback"],
  ["127.255.255.255", "loopback"],
  ["169.254.169.254", "linkLocal"],
  ["172.16.0.1", "private"],
  ["192.168.1.1", "private"],
  ["192.0.0.192", "reserved"],
  ["198.18.0.1", "reserved"],
  ["203.0.113.7", "reserved"],
  ["168.63.129.16", "platform"],
  ["224.0.0.1", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["::7f00:1", "reserved"],
  ["::ffff:127.0.0.1", "loopback"],
  ["::ffff:7f00:1", "loopback"],
  ["::ffff:0:7f00:1", "rfc6145"],
  ["64:ff9b::7f00:1", "loopback"],
  ["64:ff9b::10.0.0.1", "private"],
  ["64:ff9b:1::7f00:1", "reserved"],
  ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "teredo"],
  ["2002:7f00:1::", "6to4"],
  ["2001:db8::1", "reserved"],
  ["fc00::1", "uniqueLocal"],
  ["fd00:ec2::254", "uniqueLocal"],
  ["fe80::1", "linkLocal"],
  ["fec0::1", "reserved"],
  ["ff02::1", "multicast"],
  ["4000::1", "reserved"],
]

describe("the address guard", () => {
  it.each(NOT_PUBLIC)("refuses %s, which is %s", (address, range) => {
    const expectRange = range === "reserved" ? expect.any(String) : range
    expect(guard().judgeAnswer("shop.example", address)).toEqual({ kind: "refused", range: expectRange })
    expect(guard().judgeHost(address)).toMatchObject({ kind: "refused" })
    expect(guard().judgeHost(`[${address}]`)).toMatchObject({ kind: "refused" })
  })

  it.each(["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])(
    "lets %s pass, which is public",
    (address) => {
      expect(guard().judgeAnswer("shop.example", address)).toEqual({ kind: "allowed" })
      expect(guard().judgeHost(address)).toEqual({ kind: "allowed" })
    }
  )

  it.each(["2130706433", "0177.0.0.1", "0x7f000001", "0x7f.1", "127.1", "127.0.0.1.", "[::1]", "[::FFFF:127.0.0.1]"])(
    "sees through the notation %s",
    (host) => {
      expect(guard().judgeHost(host)).toEqual({ kind: "refused", range: "loopback" })
    }
  )

  it.each(["localhost", "LOCALHOST.", "shop.example", "metadata.google.internal", "127.0.0.1.nip.io"])(
    "cannot tell for the name %s before it is looked up",
    (host) => {
      expect(guard().judgeHost(host)).toEqual({ kind: "name" })
      expect(guard().judgeAnswer(host, "127.0.0.1")).toMatchObject({ kind: "refused" })
    }
  )

  it("refuses an answer that is no address", () => {
    expect(guard().judgeAnswer("shop.example", "fe80::1%eth0 or so")).toEqual({ kind: "refused", range: "unreadable" })
  })

  it("lets pass what the operator lists, and nothing beside it", () => {
    const own = guard("10.1.0.0/16", "fd00::/8", "192.168.7.7", "ERP.internal.")
    const verdicts = [
      "10.1.2.3",
      "::ffff:10.1.2.3",
      "10.2.0.1",
      "fd12::1",
      "fc00::1",
      "192.168.7.7",
      "192.168.7.8",
    ].map((address) => own.judgeAnswer("x.example", address).kind)
    expect(verdicts).toEqual(["allowed", "allowed", "refused", "allowed", "refused", "allowed", "refused"])
    expect(own.judgeAnswer("erp.internal", "10.9.9.9").kind).toBe("allowed")
    expect(own.judgeAnswer("xerp.internal", "10.9.9.9").kind).toBe("refused")
    expect(own.judgeAnswer("erp.internal.evil.example", "10.9.9.9").kind).toBe("refused")
  })

  it.each(["10.0.0.0/33", "10.0.0.0/x", "10.1", "0x7f.1", "*.internal", "http://10.0.0.1", "a b", ""])(
    "names the entry %j, which is no address, range or name",
    (entry) => {
      expect(createAddressGuard(["127.0.0.1", entry])).toEqual({ ok: false, error: entry })
    }
  )

  it("judges an IPv4 address the same in every form it can be written in", () => {
    fc.assert(
      fc.property(fc.nat(0xff_ff_ff_ff), (number) => {
        const bytes = [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255]
        const words = `${((number >>> 16) & 0xffff).toString(16)}:${(number & 0xffff).toString(16)}`
        const plain = guard().judgeAnswer("x.example", bytes.join("."))
        const forms = [
          String(number >>> 0),
          `0x${(number >>> 0).toString(16)}`,
          bytes.map((byte) => `0${byte.toString(8)}`).join("."),
          `::ffff:${words}`,
          `64:ff9b::${words}`,
        ]
        expect(forms.map((form) => guard().judgeHost(form))).toEqual(forms.map(() => plain))
      }),
      { numRuns: 500 }
    )
  })
})
