CREATE TABLE "audit_chain" (
	"seq" bigint NOT NULL,
	"merchant_id" bigint NOT NULL,
	"audit_id" uuid NOT NULL,
	"mac" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "audit_chain_seq_pk" PRIMARY KEY("seq")
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"mac" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "audit_head_one" CHECK ("audit_head"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "audit_roots" (
	"day" date PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"mac" "bytea" NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_entry" ON "audit_chain" USING btree ("merchant_id","audit_id");--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at");--> statement-breakpoint
create trigger append_only before update or delete or truncate on audit_chain
  for each statement execute function cf_append_only();--> statement-breakpoint
create trigger append_only before update or delete or truncate on audit_roots
  for each statement execute function cf_append_only();
