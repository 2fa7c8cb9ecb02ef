import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* An index only: code of the version before works on beside code of this one. */
export class Migration20261121172001 extends Migration {

  override async up(): Promise<void> {
    // For the views of a person: what failed, is skipped, held or drifted. Rows that are pending or in sync, which is where a write moves them, are not in it.
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_state_trouble" ON "hub_listing_state" ("state", "listing_id", "external_location_id") WHERE deleted_at IS NULL AND state IN ('failed', 'skipped', 'held', 'conflict');`);
  }

  override async down(): Promise<void> {
    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_state_trouble";`);
  }

}
