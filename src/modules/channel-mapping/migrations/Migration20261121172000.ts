import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds, so that code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121172000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "hub_listing" add column if not exists "link_score" integer null, add column if not exists "mapping_version" integer not null default 0, add column if not exists "suggestions" jsonb null, add column if not exists "suggested_variant_id" text null, add column if not exists "suggestion_score" integer null, add column if not exists "rejected_variant_ids" jsonb null;`);
    // In lower case already: a search over a hundred thousand listings then compares bytes. Kept by Postgres, unknown to the model. Cut off, because an index below holds it and takes no row of more than 2,700 bytes.
    this.addSql(`alter table if exists "hub_listing" add column if not exists "search_text" text generated always as (left(lower(coalesce(external_sku, '') || ' ' || external_id || ' ' || coalesce(external_barcode, '') || ' ' || title), 500)) stored;`);
    this.addSql(`update "hub_listing" set link_score = 100 where link_evidence = 'sku' and link_score is null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_connection_id" ON "hub_listing" ("connection_id", "id") WHERE deleted_at IS NULL;`);
    // A search reads this alone, in the order of the list, and stops when the page is full.
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_search" ON "hub_listing" ("id") INCLUDE ("search_text", "variant_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_counts" ON "hub_listing" ("connection_id", "link_state", "suggestion_score") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_not_linked" ON "hub_listing" ("link_state", "id") WHERE deleted_at IS NULL AND link_state <> 'linked';`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_listing_suggested" ON "hub_listing" ("suggestion_score" DESC, "id") WHERE deleted_at IS NULL AND link_state = 'unlinked' AND suggestion_score IS NOT NULL;`);

    this.addSql(`create table if not exists "hub_mapping_batch" ("id" text not null, "company_id" text not null, "kind" text check ("kind" in ('edit', 'link', 'unlink', 'ignore', 'unignore', 'pack', 'accept', 'reject', 'create', 'csv', 'undo')) not null, "scope" jsonb null, "requested_by" text null, "item_count" integer not null default 0, "skipped_count" integer not null default 0, "undone_at" timestamptz null, "undone_by" text null, "left_count" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_mapping_batch_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_mapping_batch_deleted_at" ON "hub_mapping_batch" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_mapping_batch_created" ON "hub_mapping_batch" ("created_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_mapping_batch_item" ("id" text not null, "company_id" text not null, "batch_id" text not null, "listing_id" text not null, "before" jsonb not null, "after" jsonb not null, "version" integer not null, "is_undone" boolean null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_mapping_batch_item_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_mapping_batch_item_deleted_at" ON "hub_mapping_batch_item" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_mapping_batch_item_batch_listing" ON "hub_mapping_batch_item" ("batch_id", "listing_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_mapping_batch_item_listing" ON "hub_mapping_batch_item" ("listing_id", "version") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_saved_view" ("id" text not null, "company_id" text not null, "user_id" text not null, "page" text not null, "name" text not null, "filters" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_saved_view_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_saved_view_deleted_at" ON "hub_saved_view" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_saved_view_user_page_name" ON "hub_saved_view" ("user_id", "page", "name") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_mapping_batch" cascade;`);
    this.addSql(`drop table if exists "hub_mapping_batch_item" cascade;`);
    this.addSql(`drop table if exists "hub_saved_view" cascade;`);

    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_connection_id";`);
    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_search";`);
    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_counts";`);
    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_not_linked";`);
    this.addSql(`DROP INDEX IF EXISTS "IDX_hub_listing_suggested";`);
    this.addSql(`alter table if exists "hub_listing" drop column if exists "search_text", drop column if exists "link_score", drop column if exists "mapping_version", drop column if exists "suggestions", drop column if exists "suggested_variant_id", drop column if exists "suggestion_score", drop column if exists "rejected_variant_ids";`);
  }

}
