import { setTimeout as sleep } from "node:timers/promises"
import type { OAuthTokens, TokenAsk } from "../../connectors/oauth"
import { HubError, isRetryable, toFailure } from "../../lib/errors"
import type { Outbound } from "../outbound/outbound"
import { askTokens, type TokenSettings } from "./ask-tokens"
import type { TokenSource } from "./token-source"
import type { GrantStand, KeptTokens, TokenStore } from "./token-store"

/** How long a process waits for another that renews the tokens, before it gives up for now. */
const MOST_WAITS = 50
const WAIT_MS = 200
/** Between the tries to store what a channel has given. Together less than the lock lasts. */
const KEEP_AGAIN_MS = [100, 500, 2_000, 5_000, 10_000]
/** After a renewal that may work later. */
const AGAIN_SECONDS = 30

const notAuthorised = (name: string): HubError =>
  new HubError({
    kind: "auth",
    message: `${name} has not been authorised at its channel yet. Authorise it on the connection's page.`,
  })

export interface StoredTokensOptions {
  readonly store: TokenStore
  readonly settings: TokenSettings
  /** Name of the connection, for people. */
  readonly name: string
  readonly outbound: Outbound
}

interface Renewal {
  readonly lease: string
  /** As it was before the lease. */
  readonly stand: GrantStand | null
  /** The channel refuses the present token. */
  readonly isRefused: boolean
}

/**
 * The tokens of a stored connection. They are renewed ahead of time by whichever process first sees that it is time, under a lock
 * that all share. New ones are stored before anybody uses them, because where refresh tokens rotate the old one is worth nothing
 * from then on.
 */
export class StoredTokens implements TokenSource {
  constructor(private readonly options: StoredTokensOptions) {}

  async current(): Promise<string> {
    const { store } = this.options
    const [stand, kept] = await Promise.all([store.stand(), store.read()])
    if (kept && stand && !stand.is_due && !stand.is_expired) {
      return kept.access
    }
    if (kept && stand && !stand.is_expired && stand.is_leased) {
      // Somebody renews them; these are good until then.
      return kept.access
    }
    const tokens = await this.renewed(stand, kept, false)
    if (!tokens) {
      throw notAuthorised(this.options.name)
    }
    return tokens.access
  }

  async renew(refused: string): Promise<string | null> {
    const { store } = this.options
    const [stand, kept] = await Promise.all([store.stand(), store.read()])
    if (kept && kept.access !== refused) {
      return kept.access
    }
    return (await this.renewed(stand, kept, true))?.access ?? null
  }

  /**
   * Renews tokens that are due, or tells what another process has renewed.
   *
   * @param isRefused the channel refuses the present token, so it is of no use until it is renewed
   * @returns null when there is nothing to renew with
   */
  private async renewed(
    seen: GrantStand | null,
    kept: KeptTokens | null,
    isRefused: boolean
  ): Promise<KeptTokens | null> {
    const { store } = this.options
    const ask = this.askFor(kept)
    if (!ask) {
      return isRefused || seen?.is_expired ? null : kept
    }
    let stand = seen
    for (let wait = 0; wait < MOST_WAITS; wait += 1) {
      // Tokens that nobody had to allow have no row before the first are stored.
      const lease = stand === null ? "" : await store.lease(stand.version)
      if (lease !== null) {
        return this.ask({ lease, stand, isRefused })
      }
      await sleep(WAIT_MS)
      const now = await store.stand()
      if (now && now.version !== seen?.version) {
        return store.read()
      }
      stand = now
    }
    throw new HubError({ kind: "transient", message: `The tokens of ${this.options.name} are being renewed.` })
  }

  private askFor(kept: KeptTokens | null): TokenAsk | null {
    const { oauth, options } = this.options.settings
    if (oauth.grant(options) === "client-credentials") {
      return { kind: "client-credentials" }
    }
    return kept?.refresh ? { kind: "refresh", refreshToken: kept.refresh } : null
  }

  private async ask(renewal: Renewal): Promise<KeptTokens | null> {
    const { store, settings, outbound } = this.options
    // Whoever had the lock before may have stored others and died before it could say so.
    const kept = await store.read()
    const ask = this.askFor(kept)
    if (!ask) {
      return null
    }
    const asked = await askTokens(outbound, settings, ask).then(
      (tokens) => ({ tokens, error: null }),
      (error: unknown) => ({ tokens: null, error })
    )
    if (asked.tokens === null) {
      return this.afterFailure(asked.error, renewal, kept)
    }
    const refreshToken = asked.tokens.refreshToken ?? kept?.refresh ?? null
    await this.keep({ ...asked.tokens, refreshToken })
    return { access: asked.tokens.accessToken, refresh: refreshToken }
  }

  /** From here on the refresh token before it may be worth nothing, so a database that is away for a moment is waited for. */
  private async keep(tokens: OAuthTokens): Promise<void> {
    for (const waitMs of KEEP_AGAIN_MS) {
      try {
        await this.options.store.store(tokens)
        return
      } catch {
        await sleep(waitMs)
      }
    }
    await this.options.store.store(tokens)
  }

  /** What may work later is tried later; until then the present token does, if it has not ended. */
  private async afterFailure(
    error: unknown,
    { lease, stand, isRefused }: Renewal,
    kept: KeptTokens | null
  ): Promise<KeptTokens> {
    const { store, name } = this.options
    const failure = toFailure(error)
    const mayPass = isRetryable(failure.kind)
    await store.giveUp(lease, failure.message, mayPass ? AGAIN_SECONDS : null)
    if (mayPass && kept && stand && !stand.is_expired && !isRefused) {
      return kept
    }
    if (failure.kind !== "auth") {
      throw error
    }
    const interrupted =
      stand?.interrupted_at == null
        ? ""
        : ` A renewal was broken off at ${stand.interrupted_at}, and what the channel answered then was lost with it.`
    throw new HubError({
      kind: "auth",
      message: `${name} has to be authorised anew at its channel: ${failure.message}${interrupted}`,
    })
  }
}

/** Settings that are not stored yet: tokens that nobody has to allow are asked for and forgotten again. */
export class PassingTokens implements TokenSource {
  private access: Promise<string> | null = null

  constructor(
    private readonly outbound: Outbound,
    private readonly settings: TokenSettings
  ) {}

  current(): Promise<string> {
    this.access ??= askTokens(this.outbound, this.settings, { kind: "client-credentials" }).then(
      ({ accessToken }) => accessToken
    )
    return this.access
  }

  renew(): Promise<null> {
    return Promise.resolve(null)
  }
}

/** Tries other settings out with the tokens that there are. They are not renewed for it. */
export class LentTokens implements TokenSource {
  constructor(
    private readonly store: Pick<TokenStore, "read">,
    private readonly name: string
  ) {}

  async current(): Promise<string> {
    const kept = await this.store.read()
    if (!kept) {
      throw notAuthorised(this.name)
    }
    return kept.access
  }

  renew(): Promise<null> {
    return Promise.resolve(null)
  }
}
