import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Indexes only: code of the version before works on beside code of this one. */
export class Migration20261121141500 extends Migration {

  override async up(): Promise<void> {
    // In the very order in which a lane claims. Without NULLS FIRST every claim reads and sorts all pending rows of its connection.
    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_state_pending";`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_state_pending" ON "hub_listing_state" ("connection_id", "priority" DESC, "stale_since" NULLS FIRST) WHERE deleted_at IS NULL AND (stale_version > acked_version OR recheck_at IS NOT NULL);`);

    // A sweep walks a connection by id. Without the id each of its steps reads and sorts the whole connection.
    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_state_connection";`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_state_connection" ON "hub_listing_state" ("connection_id", "id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`do $hub$ begin if to_regclass('hub_listing_state') is not null then
      drop index if exists "IDX_hub_listing_state_pending";
      create index "IDX_hub_listing_state_pending" on "hub_listing_state" ("connection_id", "priority" desc, "stale_since") where deleted_at is null and (stale_version > acked_version or recheck_at is not null);
      drop index if exists "IDX_hub_listing_state_connection";
      create index "IDX_hub_listing_state_connection" on "hub_listing_state" ("connection_id") where deleted_at is null;
    end if; end $hub$;`);
  }

}
