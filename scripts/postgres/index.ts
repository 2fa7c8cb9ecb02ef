export { givenPostgres, type DatabaseServer } from "./given-server"
export { startPostgres } from "./start-postgres"
export type { PostgresServer, StartPostgresOptions } from "./start-postgres"
