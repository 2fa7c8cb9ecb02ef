import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { integrationConfig } from "../../../engine/connections"
import type { QuantityRule } from "../../../lib/quantity"
import { DEFAULT_COMPANY_ID } from "../../../types/ids"
import type { ConnectionOperation, SetupStep } from "../../../types/states"

export interface CreateHubConnectionStepInput {
  readonly name: string
  readonly connector_id: string
  /** Public options only. */
  readonly options: Readonly<Record<string, unknown>>
  readonly sales_channel_id: string | null
  readonly quantity_rule: Partial<QuantityRule>
  /** What it may do with its channel: nothing unless it is said. */
  readonly allowed_operations?: readonly ConnectionOperation[]
  readonly tags?: readonly string[]
  /** What is left to set up; nothing unless it is said. */
  readonly setup_step?: SetupStep | null
}

/** This step creates a connection as a draft, which will write nothing before a person says so. Class: delete-created. */
export const createHubConnectionStep = createStep(
  "create-hub-connection",
  async (input: CreateHubConnectionStepInput, { container }) => {
    const [connection] = await integrationConfig(container).createHubConnections([
      {
        company_id: DEFAULT_COMPANY_ID,
        name: input.name,
        connector_id: input.connector_id,
        options: { ...input.options },
        sales_channel_id: input.sales_channel_id,
        write_mode: "shadow",
        quantity_rule: { ...input.quantity_rule },
        allowed_operations: [...(input.allowed_operations ?? [])],
        tags: [...(input.tags ?? [])],
        error_mapping: {},
        order_rules: {},
        setup_step: input.setup_step ?? null,
      },
    ])
    return new StepResponse(connection, connection?.id)
  },
  async (id, { container }) => {
    if (!id) {
      return
    }
    await integrationConfig(container).deleteHubConnections([id])
  }
)
