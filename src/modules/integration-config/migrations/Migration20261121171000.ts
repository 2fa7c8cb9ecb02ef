import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds, so that code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121171000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "hub_connection" add column if not exists "version" integer not null default 1, add column if not exists "tags" text[] not null default '{}', add column if not exists "request_timeout_ms" integer null, add column if not exists "most_attempts" integer null, add column if not exists "error_mapping" jsonb not null default '{}', add column if not exists "daily_quota" integer null, add column if not exists "retention_days" integer null, add column if not exists "setup_step" text null;`);
    // A connection that is there already goes on doing what it did; a new one may do nothing until somebody allows it.
    this.addSql(`alter table if exists "hub_connection" add column if not exists "allowed_operations" text[] not null default '{read-listings,read-stock,write-stock,read-orders,webhooks}';`);
    this.addSql(`alter table if exists "hub_connection" alter column "allowed_operations" set default '{}';`);

    this.addSql(`create table if not exists "hub_connection_change" ("id" text not null, "company_id" text not null, "connection_id" text not null, "kind" text not null, "version" integer not null, "requested_by" text null, "reason" text null, "changes" jsonb not null, "occurred_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_connection_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_connection_change_deleted_at" ON "hub_connection_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_connection_change_connection_occurred" ON "hub_connection_change" ("connection_id", "occurred_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_connection_change" cascade;`);
    this.addSql(`alter table if exists "hub_connection" drop column if exists "version", drop column if exists "tags", drop column if exists "request_timeout_ms", drop column if exists "most_attempts", drop column if exists "error_mapping", drop column if exists "daily_quota", drop column if exists "retention_days", drop column if exists "setup_step", drop column if exists "allowed_operations";`);
  }

}
