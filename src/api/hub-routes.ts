import { accessRoutes } from "./admin/hub/access/route-table"
import { connectionRoutes } from "./admin/hub/connections/route-table"
import { connectorRoutes } from "./admin/hub/connectors/route-table"
import { inboundRoutes } from "./admin/hub/inbound/route-table"
import { issueRoutes } from "./admin/hub/issues/route-table"
import { listingRoutes } from "./admin/hub/listings/route-table"
import { insightRoutes } from "./admin/hub/metrics/route-table"
import { mappingRoutes } from "./admin/hub/mapping/route-table"
import { overviewRoutes } from "./admin/hub/overview/route-table"
import { placeRoutes } from "./admin/hub/products/route-table"
import { runRoutes } from "./admin/hub/runs/route-table"
import type { HubRoute } from "./support/hub-route"

/** Every route of the hub's Admin API. A test compares this list with the files of the routes. */
export const HUB_ROUTES: readonly HubRoute[] = [
  ...overviewRoutes,
  ...connectionRoutes,
  ...connectorRoutes,
  ...listingRoutes,
  ...runRoutes,
  ...issueRoutes,
  ...insightRoutes,
  ...placeRoutes,
  ...accessRoutes,
  ...mappingRoutes,
  ...inboundRoutes,
]
