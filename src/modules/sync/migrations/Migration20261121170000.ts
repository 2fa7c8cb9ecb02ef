import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds, so that code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121170000 extends Migration {

  override async up(): Promise<void> {
    // A snapshot is read page by page and may break off: only a complete one is compared with or put back.
    this.addSql(`alter table if exists "hub_snapshot" add column if not exists "completed_at" timestamptz null;`);
    this.addSql(`update "hub_snapshot" set "completed_at" = "updated_at" where "completed_at" is null and "item_count" > 0;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "hub_snapshot" drop column if exists "completed_at";`);
  }

}
