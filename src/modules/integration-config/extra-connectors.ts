/** Name under which the loader keeps the connectors of the plugin option, in the container of this module. */
export const EXTRA_CONNECTORS = "hubExtraConnectors"
