import type { HttpExchange } from "../../http/http-exchange"
import { toFailure } from "../../lib/errors"
import { raiseIssues, resolveIssues } from "../issues"
import type { Sql } from "../sql"
import type { ExchangeOwner } from "./exchange-writer"

const CODE = "address-refused"

/**
 * Tells a person when a connection leads to an address that is not public, and takes it back when a call gets through.
 *
 * It is about the connection and never about a listing. Its rows wait and try again, more and more rarely, because
 * another answer of the name service can mend it as well as another setting.
 */
export class AddressIssues {
  /** What this process knows to be written down. */
  private readonly written = new Map<string, "open" | "closed">()

  constructor(
    private readonly sql: Sql,
    private readonly warn: (message: string) => void
  ) {}

  /** Is not waited for and never throws. */
  note(owner: ExchangeOwner, exchange: HttpExchange): void {
    const isRefused = exchange.failure?.code === CODE
    const wanted = isRefused ? "open" : "closed"
    if ((!isRefused && exchange.status === null) || this.written.get(owner.connectionId) === wanted) {
      return
    }
    this.written.set(owner.connectionId, wanted)
    const work = isRefused ? this.raise(owner, exchange.failure.detail) : this.resolve(owner)
    work.catch((error: unknown) => {
      this.written.delete(owner.connectionId)
      this.warn(`hub: an issue of ${owner.connectionId} was not written: ${toFailure(error).message}`)
    })
  }

  private raise({ connectionId, companyId }: ExchangeOwner, host: string): Promise<void> {
    const message = `Nothing is sent, because ${host} is not a public address. Correct the connection's address. If ${host} is meant to be reached, add it to the option engine.allow_private_addresses and restart.`
    return raiseIssues(this.sql, [
      { connectionId, companyId, listingId: null, code: CODE, severity: "critical", message, dedupeKey: CODE },
    ])
  }

  private resolve({ connectionId }: ExchangeOwner): Promise<void> {
    return resolveIssues(this.sql, connectionId, CODE)
  }
}
