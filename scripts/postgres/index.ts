export { startPostgres } from "./start-postgres"
export type { PostgresServer, StartPostgresOptions } from "./start-postgres"
