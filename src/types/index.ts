/* Public types and frozen names of the hub. No functions. */
export * from "./channel"
export * from "./http/hub"
export * from "./http/mapping"
export * from "./ids"
export * from "./modules"
export * from "./options"
export * from "./states"
