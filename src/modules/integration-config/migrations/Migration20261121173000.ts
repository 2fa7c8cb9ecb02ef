import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds: code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121173000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "hub_access_grant" ("id" text not null, "company_id" text not null, "subject_id" text not null, "subject_type" text check ("subject_type" in ('user', 'api-key')) not null, "preset" text check ("preset" in ('none', 'viewer', 'operator', 'manager', 'owner')) not null, "granted_by" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "hub_access_grant_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_access_grant_deleted_at" ON "hub_access_grant" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_hub_access_grant_subject" ON "hub_access_grant" ("subject_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "hub_access_grant" cascade;`);
  }

}
