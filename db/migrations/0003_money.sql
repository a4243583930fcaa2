CREATE TABLE "alerts" (
	"merchant_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"message" text NOT NULL,
	"payment_link_id" uuid,
	"raised_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"settled_by_name" text,
	CONSTRAINT "alerts_merchant_id_kind_subject_pk" PRIMARY KEY("merchant_id","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "balance_reports" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"gateway_minor" bigint NOT NULL,
	"ledger_minor" bigint NOT NULL,
	"events_minor" bigint NOT NULL,
	"gaps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "balance_reports_merchant_id_profile_id_day_currency_pk" PRIMARY KEY("merchant_id","profile_id","day","currency")
);
--> statement-breakpoint
CREATE TABLE "gateway_notifications" (
	"merchant_id" bigint NOT NULL,
	"profile_id" uuid NOT NULL,
	"gateway_id" text NOT NULL,
	"type" text NOT NULL,
	"payload" text NOT NULL,
	"state" text DEFAULT 'received' NOT NULL,
	"reason" text,
	"payment_attempt_id" uuid,
	"tries" integer DEFAULT 0 NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "gateway_notifications_merchant_id_profile_id_gateway_id_pk" PRIMARY KEY("merchant_id","profile_id","gateway_id")
);
--> statement-breakpoint
CREATE TABLE "link_requests" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"state" text NOT NULL,
	"decided_by_name" text,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "link_requests_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "disputes" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"payment_attempt_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"reason" text,
	"gateway_reference" text NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "disputes_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "disputes_amount" CHECK ("disputes"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"merchant_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"payment_link_id" uuid NOT NULL,
	"payment_attempt_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"failure" text,
	"gateway_reference" text,
	"created_by_kind" text NOT NULL,
	"created_by_id" text,
	"created_by_name" text NOT NULL,
	"reads" integer DEFAULT 0 NOT NULL,
	"operator_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "refunds_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_minor" > 0)
);
--> statement-breakpoint
ALTER TABLE "payment_links" DROP CONSTRAINT "payment_links_amount";--> statement-breakpoint
ALTER TABLE "payment_links" DROP CONSTRAINT "payment_links_owed";--> statement-breakpoint
DROP INDEX "payment_attempts_one_succeeded";--> statement-breakpoint
DROP INDEX "payment_links_expiry";--> statement-breakpoint
ALTER TABLE "payment_links" ALTER COLUMN "amount_minor" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "notification_secret" text;--> statement-breakpoint
ALTER TABLE "payment_profiles" ADD COLUMN "new_link_rule" text DEFAULT 'automatic' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "refund_id" uuid;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "dispute_id" uuid;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "exclusive" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "captured_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "payment_attempts" SET "captured_minor" = "amount_minor" WHERE "state" = 'succeeded';--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "refunded_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "refunding_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "disputed_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "network" text;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "operator_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "amount_type" text DEFAULT 'fixed' NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "min_amount_minor" bigint;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "max_amount_minor" bigint;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "ceiling_minor" bigint;--> statement-breakpoint
UPDATE "payment_links" SET "ceiling_minor" = "amount_minor";--> statement-breakpoint
ALTER TABLE "payment_links" ALTER COLUMN "ceiling_minor" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "disputed_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "unlocked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "warnings" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_links" ADD COLUMN "reissues" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "link_requests" ADD CONSTRAINT "link_requests_merchant_id_payment_link_id_payment_links_merchant_id_id_fk" FOREIGN KEY ("merchant_id","payment_link_id") REFERENCES "public"."payment_links"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_merchant_id_payment_attempt_id_payment_attempts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","payment_attempt_id") REFERENCES "public"."payment_attempts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_merchant_id_payment_attempt_id_payment_attempts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","payment_attempt_id") REFERENCES "public"."payment_attempts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("merchant_id","raised_at") WHERE "alerts"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "balance_reports_id" ON "balance_reports" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "gateway_notifications_attempt" ON "gateway_notifications" USING btree ("merchant_id","payment_attempt_id");--> statement-breakpoint
CREATE INDEX "gateway_notifications_open" ON "gateway_notifications" USING btree ("merchant_id","received_at") WHERE "gateway_notifications"."state" in ('received', 'waiting', 'quarantined');--> statement-breakpoint
CREATE INDEX "link_requests_link" ON "link_requests" USING btree ("merchant_id","payment_link_id","created_at");--> statement-breakpoint
CREATE INDEX "link_requests_pending" ON "link_requests" USING btree ("merchant_id","created_at") WHERE "link_requests"."state" = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "disputes_gateway_reference" ON "disputes" USING btree ("merchant_id","payment_attempt_id","gateway_reference");--> statement-breakpoint
CREATE INDEX "disputes_link" ON "disputes" USING btree ("merchant_id","payment_link_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_gateway_reference" ON "refunds" USING btree ("merchant_id","payment_attempt_id","gateway_reference") WHERE "refunds"."gateway_reference" is not null;--> statement-breakpoint
CREATE INDEX "refunds_link" ON "refunds" USING btree ("merchant_id","payment_link_id","id");--> statement-breakpoint
CREATE INDEX "refunds_open" ON "refunds" USING btree ("merchant_id","id") WHERE "refunds"."state" in ('pending', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_one_refund" ON "ledger_entries" USING btree ("merchant_id","refund_id") WHERE "ledger_entries"."kind" = 'refund';--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_one_dispute" ON "ledger_entries" USING btree ("merchant_id","dispute_id","kind") WHERE "ledger_entries"."dispute_id" is not null;--> statement-breakpoint
CREATE INDEX "ledger_entries_at" ON "ledger_entries" USING btree ("merchant_id","at","id");--> statement-breakpoint
CREATE INDEX "payment_attempts_recent" ON "payment_attempts" USING btree ("merchant_id","submitted_at");--> statement-breakpoint
CREATE INDEX "payment_attempts_network" ON "payment_attempts" USING btree ("network","submitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_succeeded" ON "payment_attempts" USING btree ("merchant_id","payment_link_id") WHERE "payment_attempts"."state" = 'succeeded' and "payment_attempts"."exclusive";--> statement-breakpoint
CREATE INDEX "payment_links_expiry" ON "payment_links" USING btree ("expires_at") WHERE "payment_links"."access" in ('active', 'locked') and "payment_links"."paid_at" is null;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_amount" CHECK ("ledger_entries"."amount_minor" > 0 or "ledger_entries"."kind" = 'adjustment');--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_given_back" CHECK ("payment_attempts"."refunded_minor" >= 0 and "payment_attempts"."refunding_minor" >= 0 and "payment_attempts"."disputed_minor" >= 0
        and "payment_attempts"."refunded_minor" + "payment_attempts"."refunding_minor" + "payment_attempts"."disputed_minor" <= "payment_attempts"."captured_minor");--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_captured" CHECK ("payment_attempts"."captured_minor" between 0 and "payment_attempts"."amount_minor");--> statement-breakpoint
ALTER TABLE "payment_links" ADD CONSTRAINT "payment_links_disputed" CHECK ("payment_links"."disputed_minor" >= 0);--> statement-breakpoint
ALTER TABLE "payment_links" ADD CONSTRAINT "payment_links_amount" CHECK (("payment_links"."amount_minor" > 0 or ("payment_links"."amount_type" = 'open' and "payment_links"."amount_minor" is null)) and "payment_links"."ceiling_minor" > 0);--> statement-breakpoint
ALTER TABLE "payment_links" ADD CONSTRAINT "payment_links_owed" CHECK ("payment_links"."captured_minor" + "payment_links"."held_minor" <= "payment_links"."ceiling_minor");