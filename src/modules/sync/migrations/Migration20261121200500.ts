import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/*
 * Who edits a stock level: Medusa keeps no note of it. Append-only like `hub_stock_change`, without a model. Only adds: code
 * of the version before works on beside code of this one while a deployment rolls.
 */
export class Migration20261121200500 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "hub_stock_edit" ("id" bigint generated always as identity primary key, "company_id" text not null default 'hcomp_default', "inventory_item_id" text not null, "location_id" text null, "edited_by" text not null, "noted_at" timestamptz not null default clock_timestamp());`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_stock_edit_item" ON "hub_stock_edit" ("inventory_item_id", "noted_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_stock_edit_noted" ON "hub_stock_edit" ("noted_at");`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_stock_edit" cascade;`);
  }

}
