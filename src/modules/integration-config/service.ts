import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import type { Context } from "@medusajs/framework/types"
import { HubError } from "../../lib/errors"
import { DEFAULT_COMPANY_ID } from "../../types/ids"
import type { HubOptions } from "../../types/options"
import { openSecret, parseKeyRing, sealSecret, type KeyRing } from "./core/envelope"
import { credentialBinding, proveKey, sealKeyCheck } from "./core/key-check"
import { EXTRA_CONNECTORS } from "./extra-connectors"
import { HubAccessGrant } from "./models/hub-access-grant"
import { HubCompany } from "./models/hub-company"
import { HubConnection } from "./models/hub-connection"
import { HubConnectionChange } from "./models/hub-connection-change"
import { HubCredential } from "./models/hub-credential"
import { HubKeyCheck } from "./models/hub-key-check"
import { HubOauthGrant } from "./models/hub-oauth-grant"
import { HubWebhookEndpoint } from "./models/hub-webhook-endpoint"

export interface SetSecretsInput {
  readonly companyId: string
  readonly connectionId: string
  readonly secrets: Readonly<Record<string, string>>
  /** Names of stored secrets that may be replaced although the key ring cannot open them. Those values are lost for good. */
  readonly replaceUnreadable?: readonly string[]
}

const INSERT_KEY_CHECK_SQL = `
  INSERT INTO hub_key_check (id, company_id, key_id, ciphertext) VALUES (?, ?, ?, ?)
  ON CONFLICT (key_id) WHERE deleted_at IS NULL DO NOTHING`

/** Companies, connections and their credentials. The only code of a running shop that holds the key ring. */
export default class HubIntegrationConfigService extends MedusaService({
  HubCompany,
  HubConnection,
  HubConnectionChange,
  HubCredential,
  HubKeyCheck,
  HubAccessGrant,
  HubOauthGrant,
  HubWebhookEndpoint,
}) {
  /** Absent without the option `encryption_keys`. */
  readonly keyRing: KeyRing | null

  /** Settings of connections that stand in code. */
  readonly givenConnections: NonNullable<HubOptions["connections"]>
  /** The environment of this process, in which settings of connections may stand. */
  readonly environment: Readonly<Record<string, string | undefined>> = process.env

  constructor(
    private readonly dependencies: Record<string, unknown>,
    options: HubOptions = {}
  ) {
    // eslint-disable-next-line prefer-rest-params -- MedusaService takes the container as its arguments
    super(...arguments)
    this.givenConnections = options.connections ?? {}
    this.keyRing = options.encryption_keys ? this.readKeyRing(options.encryption_keys) : null
  }

  /** The connectors of the plugin option, each found to be one when the module was loaded. */
  get extraConnectors(): readonly unknown[] {
    const extra = this.dependencies[EXTRA_CONNECTORS]
    return Array.isArray(extra) ? (extra as readonly unknown[]) : []
  }

  /** Throws `unsupported` when a secret could not be stored: better before anything else has been. */
  @InjectTransactionManager()
  async assertCanStoreSecrets(@MedusaContext() context: Context<SqlEntityManager> = {}): Promise<void> {
    await this.assertIsOurKey(this.requireKeyRing("to be created"), context)
  }

  /**
   * Stores secrets encrypted, replacing those of the same name. Others stay.
   *
   * Throws `unsupported`, and changes nothing, when a secret of this name is stored that the key ring cannot open: with
   * the right key it may still be good. Name it in `replaceUnreadable` to give it up. Throws the same when the encrypting
   * key is not the one that first had its name.
   */
  @InjectTransactionManager()
  async setSecrets(input: SetSecretsInput, @MedusaContext() context: Context<SqlEntityManager> = {}): Promise<void> {
    const names = Object.keys(input.secrets)
    if (names.length === 0) {
      return
    }
    const ring = this.requireKeyRing(input.connectionId)
    await this.assertIsOurKey(ring, context)
    const existing = await this.listHubCredentials({ connection_id: input.connectionId, name: names }, {}, context)
    for (const { name, ciphertext } of existing) {
      const opened = openSecret(ring, credentialBinding(input.connectionId, name), ciphertext)
      if (!opened.ok && !input.replaceUnreadable?.includes(name)) {
        throw new HubError({
          kind: "unsupported",
          message: `${opened.error.message} It was not overwritten. To give the stored value up, name "${name}" in replace_unreadable.`,
        })
      }
    }
    await this.deleteHubCredentials(
      existing.map((credential) => credential.id),
      context
    )
    await this.createHubCredentials(
      Object.entries(input.secrets).map(([name, secret]) => {
        const sealed = sealSecret(ring, credentialBinding(input.connectionId, name), secret)
        return {
          company_id: input.companyId,
          connection_id: input.connectionId,
          name,
          ciphertext: sealed.text,
          key_id: sealed.keyId,
        }
      }),
      context
    )
  }

  /**
   * Every secret of a connection in clear text, by option name. Never let the result cross a step or an answer.
   *
   * Throws `unsupported` when the key ring cannot open one: our set-up is at fault and not the channel's answer, so the
   * connection keeps its state, its work waits, and goes on when the key is back.
   *
   * @param except names that are left out, for example because they are about to be replaced
   */
  @InjectManager()
  async readSecrets(
    connectionId: string,
    except: readonly string[] = [],
    @MedusaContext() context: Context = {}
  ): Promise<Record<string, string>> {
    const stored = await this.listHubCredentials({ connection_id: connectionId }, {}, context)
    const credentials = stored.filter(({ name }) => !except.includes(name))
    if (credentials.length === 0) {
      return {}
    }
    const ring = this.requireKeyRing(connectionId)
    return Object.fromEntries(
      credentials.map(({ name, ciphertext }) => {
        const secret = openSecret(ring, credentialBinding(connectionId, name), ciphertext)
        if (!secret.ok) {
          throw new HubError({ ...secret.error, kind: "unsupported" })
        }
        return [name, secret.value]
      })
    )
  }

  /** Names of the stored secrets of a connection that the key ring can open. */
  @InjectManager()
  async readableNames(connectionId: string, @MedusaContext() context: Context = {}): Promise<string[]> {
    const ring = this.keyRing
    const stored = await this.listHubCredentials({ connection_id: connectionId }, {}, context)
    return stored.flatMap(({ name, ciphertext }) =>
      ring && openSecret(ring, credentialBinding(connectionId, name), ciphertext).ok ? [name] : []
    )
  }

  /** The first use of a key leaves a check row; from then on nothing is encrypted with another key of the same name. */
  private async assertIsOurKey(ring: KeyRing, @MedusaContext() context: Context<SqlEntityManager>): Promise<void> {
    const keyId = ring.encryptWith
    let check = await this.findKeyCheck(keyId, context)
    if (check === null) {
      await this.assertProven(ring, null, context)
      await context.transactionManager?.execute(INSERT_KEY_CHECK_SQL, [
        generateEntityId(undefined, "hkeyc"),
        DEFAULT_COMPANY_ID,
        keyId,
        sealKeyCheck(ring, keyId),
      ])
      // Another process may have been first, perhaps with another key.
      check = await this.findKeyCheck(keyId, context)
    }
    await this.assertProven(ring, check, context)
  }

  private async findKeyCheck(keyId: string, @MedusaContext() context: Context): Promise<string | null> {
    const [check] = await this.listHubKeyChecks({ key_id: keyId }, { take: 1 }, context)
    return check?.ciphertext ?? null
  }

  private async assertProven(ring: KeyRing, check: string | null, @MedusaContext() context: Context): Promise<void> {
    const stored = check === null ? await this.listHubCredentials({ key_id: ring.encryptWith }, {}, context) : []
    const proof = proveKey(ring, ring.encryptWith, {
      check,
      ownCredentials: stored.map((row) => ({
        connectionId: row.connection_id,
        name: row.name,
        keyId: row.key_id,
        ciphertext: row.ciphertext,
      })),
    })
    if (!proof.ok) {
      throw new HubError(proof.error)
    }
  }

  private readKeyRing(text: string): KeyRing {
    const ring = parseKeyRing(text)
    if (!ring.ok) {
      throw new HubError(ring.error)
    }
    return ring.value
  }

  private requireKeyRing(connectionId: string): KeyRing {
    if (!this.keyRing) {
      throw new HubError({
        kind: "unsupported",
        message:
          `Connection ${connectionId} has secrets, but the plugin option encryption_keys is not set. ` +
          `Make a key with: node -p "'k1:' + require('crypto').randomBytes(32).toString('base64')"`,
      })
    }
    return this.keyRing
  }
}
