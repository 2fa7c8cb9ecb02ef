import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121102725 extends Migration {

  override async up(): Promise<void> {
    // A version may be a time in milliseconds, which an integer cannot hold.
    this.addSql(`create table if not exists "hub_external_reference" ("id" text not null, "company_id" text not null, "connection_id" text not null, "entity" text not null, "external_id" text not null, "internal_id" text not null, "external_version" bigint not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_external_reference_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_external_reference_deleted_at" ON "hub_external_reference" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_external_reference_connection_entity_external" ON "hub_external_reference" ("connection_id", "entity", "external_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_external_reference_internal" ON "hub_external_reference" ("internal_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_listing" ("id" text not null, "company_id" text not null, "connection_id" text not null, "external_id" text not null, "external_sku" text null, "external_barcode" text null, "title" text not null, "variant_id" text null, "link_state" text check ("link_state" in ('linked', 'unlinked', 'ignored')) not null default 'unlinked', "link_evidence" text null, "pack_size" integer not null default 1, "quantity_rule" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_listing_pkey" primary key ("id"), constraint hub_listing_pack_size_positive check (pack_size >= 1));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_deleted_at" ON "hub_listing" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_listing_connection_external" ON "hub_listing" ("connection_id", "external_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_variant" ON "hub_listing" ("variant_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_external_sku" ON "hub_listing" ("external_sku") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_location_mapping" ("id" text not null, "company_id" text not null, "connection_id" text not null, "stock_location_id" text not null, "external_location_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_location_mapping_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_location_mapping_deleted_at" ON "hub_location_mapping" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_location_mapping_connection_location" ON "hub_location_mapping" ("connection_id", "stock_location_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_location_mapping_connection_external" ON "hub_location_mapping" ("connection_id", "external_location_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_external_reference" cascade;`);

    this.addSql(`drop table if exists "hub_listing" cascade;`);

    this.addSql(`drop table if exists "hub_location_mapping" cascade;`);
  }

}
