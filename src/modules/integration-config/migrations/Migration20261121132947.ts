import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121132947 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "hub_connection" add column if not exists "write_mode" text check ("write_mode" in ('shadow', 'live')) not null default 'live';`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "hub_connection" drop column if exists "write_mode";`);
  }

}
