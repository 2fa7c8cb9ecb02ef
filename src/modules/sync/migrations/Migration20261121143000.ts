import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds, so that code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121143000 extends Migration {

  override async up(): Promise<void> {
    // Partitioned by day from the beginning, as explanations are: old days are dropped and never deleted row by row.
    this.addSql(`create table if not exists "hub_exchange" ("id" text not null, "company_id" text not null, "connection_id" text not null, "operation" text not null, "method" text not null, "path" text not null, "status" integer null, "failure" text null, "failure_detail" text null, "duration_ms" integer not null, "waited_ms" integer not null, "request_bytes" integer not null, "response_bytes" integer not null, "request_excerpt" text null, "response_excerpt" text null, "occurred_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_exchange_pkey" primary key ("id", "occurred_at")) partition by range ("occurred_at");`);
    this.addSql(`create table if not exists "hub_exchange_default" partition of "hub_exchange" default;`);
    this.addSql(`do $hub$ begin for day in 0..7 loop execute format('create table if not exists %I partition of hub_exchange for values from (%L) to (%L)', 'hub_exchange_' || to_char((now() at time zone 'utc')::date + day, 'YYYYMMDD'), ((now() at time zone 'utc')::date + day)::text || ' 00:00:00+00', ((now() at time zone 'utc')::date + day + 1)::text || ' 00:00:00+00'); end loop; end $hub$;`);
    this.addSql(`create index if not exists "IDX_hub_exchange_connection_occurred" on "hub_exchange" ("connection_id", "occurred_at" desc);`);

    this.addSql(`create table if not exists "hub_rate_bucket" ("id" text not null, "company_id" text not null, "connection_id" text not null, "bucket" text not null, "state" jsonb not null, "version" integer not null default 0, "paused_at" timestamptz null, "not_before" timestamptz null, "not_before_reason" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_rate_bucket_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_rate_bucket_deleted_at" ON "hub_rate_bucket" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_rate_bucket_connection_bucket" ON "hub_rate_bucket" ("connection_id", "bucket") WHERE deleted_at IS NULL;`);
    // A handful of rows that change all the time: room on the page keeps their updates off the indexes.
    this.addSql(`ALTER TABLE "hub_rate_bucket" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_exchange" cascade;`);

    this.addSql(`drop table if exists "hub_rate_bucket" cascade;`);
  }

}
