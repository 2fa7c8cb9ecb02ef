import { Migration } from "@medusajs/framework/mikro-orm/migrations";
import { REMOVE_CAPTURE_IF_TABLE_EXISTS_SQL } from "../capture/capture-sql";

/* Only adds, so that code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121132946 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "hub_cursor" ("id" text not null, "company_id" text not null, "connection_id" text not null, "kind" text not null, "value" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_cursor_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_cursor_deleted_at" ON "hub_cursor" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_cursor_connection_kind" ON "hub_cursor" ("connection_id", "kind") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_lane" ("id" text not null, "company_id" text not null, "connection_id" text not null, "breaker_state" text check ("breaker_state" in ('closed', 'open', 'half-open')) not null default 'closed', "failure_count" integer not null default 0, "not_before" timestamptz null, "not_before_reason" text null, "probe_until" timestamptz null, "opened_at" timestamptz null, "guard_state" text check ("guard_state" in ('watching', 'holding', 'released')) not null default 'watching', "guard_since" timestamptz null, "guard_window" jsonb null, "orders_through" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_lane_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_lane_deleted_at" ON "hub_lane" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_lane_connection" ON "hub_lane" ("connection_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_run_item" ("id" text not null, "company_id" text not null, "run_id" text not null, "listing_state_id" text not null, "listing_id" text not null, "target_version" integer not null, "outcome" text check ("outcome" in ('succeeded', 'skipped', 'failed', 'cancelled')) null, "reason" text null, "message" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_run_item_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_run_item_deleted_at" ON "hub_run_item" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_run_item_run_state" ON "hub_run_item" ("run_id", "listing_state_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_snapshot" ("id" text not null, "company_id" text not null, "connection_id" text not null, "reason" text not null, "item_count" integer not null default 0, "taken_at" timestamptz not null, "restored_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_snapshot_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_snapshot_deleted_at" ON "hub_snapshot" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_snapshot_connection" ON "hub_snapshot" ("connection_id", "taken_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_snapshot_item" ("id" text not null, "company_id" text not null, "snapshot_id" text not null, "listing_state_id" text not null, "quantity" integer null, "restored_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_snapshot_item_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_snapshot_item_deleted_at" ON "hub_snapshot_item" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_snapshot_item_snapshot_state" ON "hub_snapshot_item" ("snapshot_id", "listing_state_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_tick" ("id" text not null, "company_id" text not null default 'hcomp_default', "name" text not null, "window_start" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_tick_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_tick_deleted_at" ON "hub_tick" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_worker" ("id" text not null, "company_id" text not null default 'hcomp_default', "host" text not null, "pid" integer not null, "started_at" timestamptz not null, "seen_at" timestamptz not null, "lock_provider" text null, "version" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_worker_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_worker_deleted_at" ON "hub_worker" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "hub_listing_state" drop constraint if exists "hub_listing_state_state_check";`);

    this.addSql(`alter table if exists "hub_run" drop constraint if exists "hub_run_state_check";`);

    this.addSql(`alter table if exists "hub_listing_state" add column if not exists "exposed" integer null, add column if not exists "touched_at" timestamptz null, add column if not exists "cause" text null, add column if not exists "claimed_cause" text null, add column if not exists "sold_units" integer not null default 0, add column if not exists "claimed_sold_units" integer not null default 0, add column if not exists "acked_sold_units" integer not null default 0, add column if not exists "guard_counted_at" timestamptz null, add column if not exists "flip_count" integer not null default 0, add column if not exists "flip_since" timestamptz null, add column if not exists "observe_due_at" timestamptz null;`);
    this.addSql(`alter table if exists "hub_listing_state" add constraint "hub_listing_state_state_check" check("state" in ('in-sync', 'pending', 'skipped', 'failed', 'conflict', 'held'));`);

    this.addSql(`alter table if exists "hub_run" add column if not exists "scope" jsonb null, add column if not exists "requested_by" text null, add column if not exists "progress" jsonb null, add column if not exists "lease_token" text null, add column if not exists "lease_until" timestamptz null, add column if not exists "cancel_requested_at" timestamptz null;`);
    this.addSql(`alter table if exists "hub_run" alter column "connection_id" drop not null;`);
    this.addSql(`alter table if exists "hub_run" alter column "started_at" drop not null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_run_open" ON "hub_run" ("created_at") WHERE deleted_at IS NULL AND state IN ('queued', 'running');`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_run_item_open" ON "hub_run_item" ("run_id") WHERE deleted_at IS NULL AND outcome IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_state_observe" ON "hub_listing_state" ("connection_id", "observe_due_at") WHERE deleted_at IS NULL AND observe_due_at IS NOT NULL;`);

    // What the capture trigger can tell of a change: units newly reserved, and whether the stock itself was edited.
    this.addSql(`alter table if exists "hub_stock_change" add column if not exists "sold" numeric not null default 0, add column if not exists "is_edit" boolean null;`);

    this.addSql(`alter table if exists "hub_run" add constraint "hub_run_state_check" check("state" in ('queued', 'running', 'succeeded', 'succeeded-with-problems', 'failed', 'cancelled'));`);
  }

  override async down(): Promise<void> {
    // The trigger of this version writes columns that are about to go. The next boot installs it anew.
    this.addSql(REMOVE_CAPTURE_IF_TABLE_EXISTS_SQL);

    this.addSql(`drop table if exists "hub_cursor" cascade;`);

    this.addSql(`drop table if exists "hub_lane" cascade;`);

    this.addSql(`drop table if exists "hub_run_item" cascade;`);

    this.addSql(`drop table if exists "hub_snapshot" cascade;`);

    this.addSql(`drop table if exists "hub_snapshot_item" cascade;`);

    this.addSql(`drop table if exists "hub_tick" cascade;`);

    this.addSql(`drop table if exists "hub_worker" cascade;`);

    this.addSql(`alter table if exists "hub_stock_change" drop column if exists "sold", drop column if exists "is_edit";`);

    this.addSql(`alter table if exists "hub_listing_state" drop constraint if exists "hub_listing_state_state_check";`);
    this.addSql(`update "hub_listing_state" set state = 'pending' where state = 'held';`);

    this.addSql(`alter table if exists "hub_run" drop constraint if exists "hub_run_state_check";`);
    this.addSql(`delete from "hub_run" where state in ('queued', 'cancelled') or connection_id is null;`);

    this.addSql(`alter table if exists "hub_listing_state" drop column if exists "exposed", drop column if exists "touched_at", drop column if exists "cause", drop column if exists "claimed_cause", drop column if exists "sold_units", drop column if exists "claimed_sold_units", drop column if exists "acked_sold_units", drop column if exists "guard_counted_at", drop column if exists "flip_count", drop column if exists "flip_since", drop column if exists "observe_due_at";`);

    this.addSql(`alter table if exists "hub_listing_state" add constraint "hub_listing_state_state_check" check("state" in ('in-sync', 'pending', 'skipped', 'failed', 'conflict'));`);

    this.addSql(`alter table if exists "hub_run" drop column if exists "scope", drop column if exists "requested_by", drop column if exists "progress", drop column if exists "lease_token", drop column if exists "lease_until", drop column if exists "cancel_requested_at";`);

    this.addSql(`alter table if exists "hub_run" alter column "connection_id" set not null;`);
    this.addSql(`alter table if exists "hub_run" alter column "started_at" set not null;`);
    this.addSql(`alter table if exists "hub_run" add constraint "hub_run_state_check" check("state" in ('running', 'succeeded', 'succeeded-with-problems', 'failed'));`);
  }

}
