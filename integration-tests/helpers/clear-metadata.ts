import { MetadataStorage } from "@medusajs/framework/mikro-orm/core"

// Models are registered once for each spec file; what another one left behind would collide.
MetadataStorage.clear()
