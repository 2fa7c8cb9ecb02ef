import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121102724 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "hub_company" ("id" text not null, "name" text not null, "currency_code" text not null, "time_zone" text not null default 'UTC', "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_company_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_company_deleted_at" ON "hub_company" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_connection" ("id" text not null, "company_id" text not null, "name" text not null, "connector_id" text not null, "state" text check ("state" in ('draft', 'testing', 'connected', 'degraded', 'needs-reauthorisation', 'paused', 'maintenance', 'deprecated', 'disabled')) not null default 'draft', "state_reason" text null, "options" jsonb not null, "sales_channel_id" text null, "quantity_rule" jsonb not null, "connected_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_connection_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_connection_deleted_at" ON "hub_connection" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_connection_company_name" ON "hub_connection" ("company_id", "name") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_connection_state" ON "hub_connection" ("state") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_credential" ("id" text not null, "company_id" text not null, "connection_id" text not null, "name" text not null, "ciphertext" text not null, "key_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_credential_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_credential_deleted_at" ON "hub_credential" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_credential_connection_name" ON "hub_credential" ("connection_id", "name") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_credential_key" ON "hub_credential" ("key_id") WHERE deleted_at IS NULL;`);

    // Every hub row belongs to a company; this is the one that a shop has from the start.
    this.addSql(`insert into "hub_company" ("id", "name", "currency_code") values ('hcomp_default', 'My company', 'eur') on conflict do nothing;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_company" cascade;`);

    this.addSql(`drop table if exists "hub_connection" cascade;`);

    this.addSql(`drop table if exists "hub_credential" cascade;`);
  }

}
