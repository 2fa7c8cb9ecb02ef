/** `GET /admin/hub/openapi`: an OpenAPI 3.1 document. */
export interface HubOpenApiDocument {
  openapi: string
  info: Record<string, unknown>
  servers: Record<string, unknown>[]
  security: Record<string, unknown>[]
  paths: Record<string, unknown>
  components: Record<string, unknown>
}
