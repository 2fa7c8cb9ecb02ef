import { Migration } from "@medusajs/framework/mikro-orm/migrations";
import { REMOVE_CAPTURE_IF_TABLE_EXISTS_SQL } from "../capture/capture-sql";

export class Migration20261121102726 extends Migration {

  override async up(): Promise<void> {
    // Partitioned by day from the beginning: a table of explanations can only be pruned by dropping whole partitions.
    this.addSql(`create table if not exists "hub_explanation" ("id" text not null, "company_id" text not null, "connection_id" text not null, "listing_id" text not null, "external_location_id" text not null, "quantity" integer not null, "inputs" jsonb not null, "caused_at" timestamptz not null, "computed_at" timestamptz not null, "outcome" text null, "settled_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_explanation_pkey" primary key ("id", "computed_at")) partition by range ("computed_at");`);
    this.addSql(`create table if not exists "hub_explanation_default" partition of "hub_explanation" default;`);
    this.addSql(`do $hub$ begin for day in 0..7 loop execute format('create table if not exists %I partition of hub_explanation for values from (%L) to (%L)', 'hub_explanation_' || to_char((now() at time zone 'utc')::date + day, 'YYYYMMDD'), ((now() at time zone 'utc')::date + day)::text || ' 00:00:00+00', ((now() at time zone 'utc')::date + day + 1)::text || ' 00:00:00+00'); end loop; end $hub$;`);
    this.addSql(`create index if not exists "IDX_hub_explanation_listing" on "hub_explanation" ("listing_id", "computed_at" desc);`);
    this.addSql(`create index if not exists "IDX_hub_explanation_connection_settled" on "hub_explanation" ("connection_id", "computed_at" desc);`);

    // Append-only and written by the capture trigger: no model, no foreign key, no index but the key.
    this.addSql(`create table if not exists "hub_stock_change" ("id" bigint generated always as identity primary key, "company_id" text not null default 'hcomp_default', "inventory_item_id" text not null, "location_id" text not null, "urgency" smallint not null default 0, "caused_at" timestamptz not null default clock_timestamp());`);

    this.addSql(`create table if not exists "hub_inbox_event" ("id" text not null, "company_id" text not null, "connection_id" text not null, "event_id" text not null, "topic" text not null, "entity_key" text not null, "payload" jsonb not null, "occurred_at" timestamptz not null, "received_at" timestamptz not null, "state" text check ("state" in ('accepted', 'processed', 'stale', 'failed')) not null default 'accepted', "attempts" integer not null default 0, "next_attempt_at" timestamptz null, "lease_token" text null, "lease_until" timestamptz null, "processed_at" timestamptz null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_inbox_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_inbox_event_deleted_at" ON "hub_inbox_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_inbox_event_open" ON "hub_inbox_event" ("connection_id", "received_at") WHERE deleted_at IS NULL AND state = 'accepted';`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_inbox_event_connection_event" ON "hub_inbox_event" ("connection_id", "event_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_issue" ("id" text not null, "company_id" text not null, "connection_id" text not null, "listing_id" text null, "code" text not null, "severity" text check ("severity" in ('info', 'warning', 'critical')) not null, "message" text not null, "dedupe_key" text not null, "occurrence_count" integer not null default 1, "last_seen_at" timestamptz not null, "resolved_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_issue_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_issue_deleted_at" ON "hub_issue" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_issue_open" ON "hub_issue" ("connection_id", "dedupe_key") WHERE resolved_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_listing_state" ("id" text not null, "company_id" text not null, "connection_id" text not null, "listing_id" text not null, "external_location_id" text not null, "desired" integer null, "acked" integer null, "observed" integer null, "observed_at" timestamptz null, "stale_version" integer not null default 1, "claimed_version" integer not null default 0, "acked_version" integer not null default 0, "unknown_version" integer not null default 0, "stale_since" timestamptz null, "claimed_since" timestamptz null, "lease_token" text null, "lease_until" timestamptz null, "recheck_at" timestamptz null, "next_attempt_at" timestamptz null, "attempts" integer not null default 0, "priority" integer not null default 0, "state" text check ("state" in ('in-sync', 'pending', 'skipped', 'failed', 'conflict')) not null default 'pending', "state_reason" text null, "error" text null, "explanation_id" text null, "change_count" integer not null default 0, "write_count" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_listing_state_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_state_deleted_at" ON "hub_listing_state" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_listing_state_listing_location" ON "hub_listing_state" ("listing_id", "external_location_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_state_connection" ON "hub_listing_state" ("connection_id") WHERE deleted_at IS NULL;`);
    // The only index on columns that change with every write, and it holds the pending rows alone.
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_state_pending" ON "hub_listing_state" ("connection_id", "priority" DESC, "stale_since") WHERE deleted_at IS NULL AND (stale_version > acked_version OR recheck_at IS NOT NULL);`);
    this.addSql(`ALTER TABLE "hub_listing_state" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);`);

    this.addSql(`create table if not exists "hub_run" ("id" text not null, "company_id" text not null, "connection_id" text not null, "kind" text not null, "state" text check ("state" in ('running', 'succeeded', 'succeeded-with-problems', 'failed')) not null default 'running', "total_count" integer not null default 0, "succeeded_count" integer not null default 0, "skipped_count" integer not null default 0, "failed_count" integer not null default 0, "started_at" timestamptz not null, "finished_at" timestamptz null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_run_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_run_deleted_at" ON "hub_run" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_run_connection_started" ON "hub_run" ("connection_id", "started_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(REMOVE_CAPTURE_IF_TABLE_EXISTS_SQL);
    this.addSql(`drop table if exists "hub_stock_change" cascade;`);

    this.addSql(`drop table if exists "hub_explanation" cascade;`);

    this.addSql(`drop table if exists "hub_inbox_event" cascade;`);

    this.addSql(`drop table if exists "hub_issue" cascade;`);

    this.addSql(`drop table if exists "hub_listing_state" cascade;`);

    this.addSql(`drop table if exists "hub_run" cascade;`);
  }

}
