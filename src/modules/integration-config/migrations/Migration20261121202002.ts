import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds: code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121202002 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "hub_connection" add column if not exists "order_rules" jsonb not null default '{}';`);
    // Whoever may read orders may tell of their parcels; who does not want it takes it away.
    this.addSql(`update "hub_connection" set "allowed_operations" = array_append("allowed_operations", 'write-parcels') where 'read-orders' = any("allowed_operations") and not 'write-parcels' = any("allowed_operations");`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "hub_connection" drop column if exists "order_rules";`);
    this.addSql(`update "hub_connection" set "allowed_operations" = array_remove("allowed_operations", 'write-parcels');`);
  }

}
