import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { accessCases } from "./cases/access"
import { apiCases } from "./cases/api"
import { badInputCases } from "./cases/bad-inputs"
import { captureCases } from "./cases/capture"
import { connectionCases } from "./cases/connections"
import { connectorCases } from "./cases/connectors"
import { commandLineCases } from "./cases/command-line"
import { doctorCases } from "./cases/doctor"
import { exclusiveCases, goLiveCases } from "./cases/go-live"
import { guardCases } from "./cases/guards"
import { inboundCases } from "./cases/inbound"
import { ingestCases } from "./cases/ingest"
import { insightCases } from "./cases/insight"
import { keyCases } from "./cases/keys"
import { laneCases } from "./cases/lane"
import { mappingFileCases } from "./cases/mapping-files"
import { mappingCases } from "./cases/mapping"
import { orderCases } from "./cases/orders"
import { oauthCases } from "./cases/oauth"
import { outwardCases } from "./cases/outward"
import { runCases } from "./cases/runs"
import { scaleCases } from "./cases/scale"
import { installTracing } from "../helpers/listen"
import { shopifyCases } from "./cases/shopify"
import { secretCases } from "./cases/secrets"
import { schemaCases } from "./cases/schema"
import { uninstallCases } from "./cases/uninstall"

jest.setTimeout(120_000)

process.env.HUB_ALLOW_PRIVATE_ADDRESSES = "127.0.0.0/8,::1"
process.env.HUB_CONNECTORS = "./examples/sample-connector/src/index"
process.env.HUB_ENCRYPTION_KEYS = `test:${Buffer.alloc(32, 1).toString("base64")}`

installTracing()

// A Medusa boot costs more than all cases together, so there is one boot and the cases live in files of their own.
medusaIntegrationTestRunner({
  inApp: true,
  env: { HUB_DEMO_ADMIN: "off" },
  testSuite: (medusa) => {
    laneCases(medusa)
    guardCases(medusa)
    runCases(medusa)
    goLiveCases(medusa)
    exclusiveCases(medusa)
    captureCases(medusa)
    ingestCases(medusa)
    orderCases(medusa)
    inboundCases(medusa)
    oauthCases(medusa)
    apiCases(medusa)
    connectionCases(medusa)
    connectorCases(medusa)
    accessCases(medusa)
    badInputCases(medusa)
    insightCases(medusa)
    mappingCases(medusa)
    mappingFileCases(medusa)
    keyCases(medusa)
    secretCases(medusa)
    doctorCases(medusa)
    commandLineCases(medusa)
    schemaCases(medusa)
    uninstallCases(medusa)
    outwardCases(medusa)
    shopifyCases(medusa)
    scaleCases(medusa)
  },
})
