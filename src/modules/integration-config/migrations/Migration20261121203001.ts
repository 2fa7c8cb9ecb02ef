import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds: code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121203001 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "hub_webhook_endpoint" ("id" text not null, "company_id" text not null, "connection_id" text not null, "callback_url" text not null, "checked_at" timestamptz null, "failure" text null, "subscriptions" jsonb null, "missing" jsonb null, "repaired_at" timestamptz null, "repaired_count" integer not null default 0, "rotated_at" timestamptz null, "previous_until" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_webhook_endpoint_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_webhook_endpoint_deleted_at" ON "hub_webhook_endpoint" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_webhook_endpoint_connection" ON "hub_webhook_endpoint" ("connection_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "hub_oauth_grant" ("id" text not null, "company_id" text not null, "connection_id" text not null, "version" integer not null default 0, "scopes" text[] not null default '{}', "authorised_at" timestamptz null, "authorised_by" text null, "refreshed_at" timestamptz null, "expires_at" timestamptz null, "refresh_after" timestamptz null, "refresh_expires_at" timestamptz null, "refresh_begun_at" timestamptz null, "failure" text null, "lease_token" text null, "lease_until" timestamptz null, "pending_nonce" text null, "pending_until" timestamptz null, "pending_by" text null, "pending_redirect_uri" text null, "pending_return_to" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_oauth_grant_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_oauth_grant_deleted_at" ON "hub_oauth_grant" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_oauth_grant_connection" ON "hub_oauth_grant" ("connection_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_oauth_grant_refresh" ON "hub_oauth_grant" ("refresh_after") WHERE deleted_at IS NULL AND refresh_after IS NOT NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_webhook_endpoint" cascade;`);
    this.addSql(`drop table if exists "hub_oauth_grant" cascade;`);
  }

}
