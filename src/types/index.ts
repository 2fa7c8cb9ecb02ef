/* Public types and frozen names of the hub. No functions. */
export * from "./access"
export * from "./channel"
export * from "./http/access"
export * from "./http/hub"
export * from "./ids"
export * from "./modules"
export * from "./options"
export * from "./states"
