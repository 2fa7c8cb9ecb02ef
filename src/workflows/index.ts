/* The hub's workflows, for people who build on them. */
export { connectHubConnectionWorkflow } from "./connection/workflows/connect-hub-connection"
export { updateHubWriteModeWorkflow } from "./connection/workflows/update-hub-write-mode"
export { createHubConnectionWorkflow } from "./connection/workflows/create-hub-connection"
export { updateHubListingsWorkflow } from "./listing/workflows/update-hub-listings"
export { ingestHubOrderWorkflow } from "./order/workflows/ingest-hub-order"
