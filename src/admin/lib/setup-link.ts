/** The set-up is in the address, so that it survives a reload and can be linked to. */
export const SETUP_PARAM = "setup"

export const NEW_SETUP = "new"

export const setupLink = (connectionId: string = NEW_SETUP): string =>
  `/hub/connections?${SETUP_PARAM}=${encodeURIComponent(connectionId)}`
