import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/* Only adds: code of the version before works on beside code of this one while a deployment rolls. */
export class Migration20261121173100 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "hub_issue" add column if not exists "dismissed_at" timestamptz null, add column if not exists "closed_by" text null;`);
    // The lists of issues: the newest first, and by the day on which they ended.
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_issue_last_seen" ON "hub_issue" ("last_seen_at" DESC, "id" DESC) WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_hub_issue_resolved" ON "hub_issue" ("resolved_at") WHERE deleted_at IS NULL AND resolved_at IS NOT NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_hub_issue_last_seen";`);
    this.addSql(`drop index if exists "IDX_hub_issue_resolved";`);
    this.addSql(`alter table if exists "hub_issue" drop column if exists "dismissed_at", drop column if exists "closed_by";`);
  }

}
