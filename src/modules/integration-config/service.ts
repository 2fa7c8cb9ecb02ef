import { InjectManager, InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"
import type { Context } from "@medusajs/framework/types"
import { HubError } from "../../lib/errors"
import type { HubOptions } from "../../types/options"
import { openSecret, parseKeyRing, sealSecret, type EnvelopeBinding, type KeyRing } from "./core/envelope"
import { HubCompany } from "./models/hub-company"
import { HubConnection } from "./models/hub-connection"
import { HubCredential } from "./models/hub-credential"

const bindingOf = (connectionId: string, field: string): EnvelopeBinding => ({
  table: "hub_credential",
  connectionId,
  field,
})

/** Companies, connections and their credentials. The only code that holds the key ring. */
export default class HubIntegrationConfigService extends MedusaService({ HubCompany, HubConnection, HubCredential }) {
  private readonly keyRing: KeyRing | null

  constructor(_dependencies: Record<string, unknown>, options: HubOptions = {}) {
    // eslint-disable-next-line prefer-rest-params -- MedusaService takes the container as its arguments
    super(...arguments)
    this.keyRing = options.encryption_keys ? this.readKeyRing(options.encryption_keys) : null
  }

  /** Throws `unsupported` when a secret could not be stored: better before anything else has been. */
  async assertCanStoreSecrets(): Promise<void> {
    this.requireKeyRing("to be created")
    return Promise.resolve()
  }

  /** Stores secrets encrypted, replacing those of the same name. Others stay. */
  @InjectTransactionManager()
  async setSecrets(
    input: { companyId: string; connectionId: string; secrets: Readonly<Record<string, string>> },
    @MedusaContext() context: Context = {}
  ): Promise<void> {
    const names = Object.keys(input.secrets)
    if (names.length === 0) {
      return
    }
    const ring = this.requireKeyRing(input.connectionId)
    const existing = await this.listHubCredentials({ connection_id: input.connectionId, name: names }, {}, context)
    await this.deleteHubCredentials(
      existing.map((credential) => credential.id),
      context
    )
    await this.createHubCredentials(
      Object.entries(input.secrets).map(([name, secret]) => {
        const sealed = sealSecret(ring, bindingOf(input.connectionId, name), secret)
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

  /** Every secret of a connection in clear text, by option name. Never let the result cross a step or an answer. */
  @InjectManager()
  async readSecrets(connectionId: string, @MedusaContext() context: Context = {}): Promise<Record<string, string>> {
    const credentials = await this.listHubCredentials({ connection_id: connectionId }, {}, context)
    if (credentials.length === 0) {
      return {}
    }
    const ring = this.requireKeyRing(connectionId)
    return Object.fromEntries(
      credentials.map(({ name, ciphertext }) => {
        const secret = openSecret(ring, bindingOf(connectionId, name), ciphertext)
        if (!secret.ok) {
          throw new HubError(secret.error)
        }
        return [name, secret.value]
      })
    )
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
