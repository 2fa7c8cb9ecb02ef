import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds: code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121202001 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "hub_channel_order" ("id" text not null, "company_id" text not null, "connection_id" text not null, "external_id" text not null, "external_number" text not null, "external_url" text null, "order_id" text null, "placed_at" timestamptz not null, "is_historic" boolean not null default false, "is_test" boolean not null default false, "check_state" text check ("check_state" in ('equal', 'different', 'unchecked')) not null default 'unchecked', "check" jsonb null, "held_at" timestamptz null, "released_at" timestamptz null, "released_by" text null, "held_digest" text null, "released_digest" text null, "unmapped_lines" jsonb not null, "oversold_items" jsonb not null, "refunds" jsonb not null, "restocks" jsonb not null, "applied_digest" text null, "details" jsonb not null, "cancelled_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_channel_order_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_channel_order_deleted_at" ON "hub_channel_order" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_channel_order_connection_external" ON "hub_channel_order" ("connection_id", "external_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_channel_order_order" ON "hub_channel_order" ("order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_channel_order_held" ON "hub_channel_order" ("held_at") WHERE deleted_at IS NULL AND held_at IS NOT NULL;`);

    this.addSql(`create table if not exists "hub_parcel" ("id" text not null, "company_id" text not null, "connection_id" text not null, "order_id" text not null, "fulfillment_id" text not null, "external_order_id" text not null, "external_location_id" text not null, "content" jsonb not null, "state" text check ("state" in ('waiting', 'confirmed', 'skipped')) not null default 'waiting', "attempts" integer not null default 0, "next_attempt_at" timestamptz null, "lease_token" text null, "lease_until" timestamptz null, "external_fulfilment_id" text null, "confirmed_at" timestamptz null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_parcel_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_parcel_deleted_at" ON "hub_parcel" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_parcel_fulfillment_location" ON "hub_parcel" ("fulfillment_id", "external_location_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_parcel_order" ON "hub_parcel" ("order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_parcel_waiting" ON "hub_parcel" ("connection_id") WHERE deleted_at IS NULL AND state = 'waiting';`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_parcel" cascade;`);
    this.addSql(`drop table if exists "hub_channel_order" cascade;`);
  }

}
