import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds, so that code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121171100 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "hub_lane" add column if not exists "checked_at" timestamptz null, add column if not exists "check_ms" integer null, add column if not exists "check_failure" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "hub_lane" drop column if exists "checked_at", drop column if exists "check_ms", drop column if exists "check_failure";`);
  }

}
