import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds: code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121203000 extends Migration {

  override async up(): Promise<void> {
    // Partitioned by day from the beginning, as exchanges are: old days are dropped and never deleted row by row.
    this.addSql(`create table if not exists "hub_delivery" ("id" text not null, "company_id" text not null, "connection_id" text not null, "inbox_event_id" text null, "event_id" text null, "topic" text null, "outcome" text check ("outcome" in ('accepted', 'duplicate', 'rejected')) not null, "failure" text null, "failure_detail" text null, "address" text null, "bytes" integer not null, "took_ms" integer not null, "headers_excerpt" text null, "body_excerpt" text null, "received_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_delivery_pkey" primary key ("id", "received_at")) partition by range ("received_at");`);
    this.addSql(`create table if not exists "hub_delivery_default" partition of "hub_delivery" default;`);
    this.addSql(`do $hub$ begin for day in 0..7 loop execute format('create table if not exists %I partition of hub_delivery for values from (%L) to (%L)', 'hub_delivery_' || to_char((now() at time zone 'utc')::date + day, 'YYYYMMDD'), ((now() at time zone 'utc')::date + day)::text || ' 00:00:00+00', ((now() at time zone 'utc')::date + day + 1)::text || ' 00:00:00+00'); end loop; end $hub$;`);
    // The log leaves out what brought a message: the message itself stands there.
    this.addSql(`create index if not exists "IDX_hub_delivery_received" on "hub_delivery" ("received_at" desc, "id" desc) where outcome <> 'accepted';`);
    this.addSql(`create index if not exists "IDX_hub_delivery_event" on "hub_delivery" ("event_id") where event_id is not null;`);

    this.addSql(`alter table if exists "hub_inbox_event" add column if not exists "took_ms" integer null, add column if not exists "replay_count" integer not null default 0, add column if not exists "replayed_at" timestamptz null, add column if not exists "replay_run_id" text null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_inbox_event_replay" ON "hub_inbox_event" ("replay_run_id") WHERE deleted_at IS NULL AND replay_run_id IS NOT NULL;`);
    // The order in which messages are worked on, so that a claim reads the head of the queue and not all of it.
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_inbox_event_queue" ON "hub_inbox_event" ((topic <> 'order'), "received_at") WHERE deleted_at IS NULL AND state = 'accepted';`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_inbox_event_received" ON "hub_inbox_event" ("received_at" DESC, "id" DESC) WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_hub_inbox_event_queue";`);
    this.addSql(`drop index if exists "IDX_hub_inbox_event_replay";`);
    this.addSql(`drop index if exists "IDX_hub_inbox_event_received";`);
    this.addSql(`alter table if exists "hub_inbox_event" drop column if exists "took_ms", drop column if exists "replay_count", drop column if exists "replayed_at", drop column if exists "replay_run_id";`);
    this.addSql(`drop table if exists "hub_delivery" cascade;`);
  }

}
