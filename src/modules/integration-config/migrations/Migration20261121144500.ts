import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121144500 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "hub_key_check" ("id" text not null, "company_id" text not null, "key_id" text not null, "ciphertext" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_key_check_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_key_check_deleted_at" ON "hub_key_check" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_key_check_key" ON "hub_key_check" ("key_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_key_check" cascade;`);
  }

}
