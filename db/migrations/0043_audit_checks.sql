CREATE TABLE "audit_checks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_checks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"asked_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"entries" bigint DEFAULT 0 NOT NULL,
	"of_entries" bigint NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"faults" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "audit_checks_open" ON "audit_checks" USING btree ((true)) WHERE "audit_checks"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "audit_entries_newest" ON "audit_entries" USING btree ("merchant_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_person" ON "audit_entries" USING btree ("merchant_id","actor_id","at","id") WHERE "audit_entries"."actor_kind" = 'user';--> statement-breakpoint
CREATE INDEX "audit_entries_kind" ON "audit_entries" USING btree ("merchant_id",split_part("action", '.', 1),"at","id");