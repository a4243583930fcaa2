CREATE TABLE "identities" (
	"merchant_id" bigint NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	CONSTRAINT "identities_merchant_id_issuer_subject_pk" PRIMARY KEY("merchant_id","issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "sign_in_rounds" (
	"merchant_id" bigint NOT NULL,
	"state_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"purpose" text NOT NULL,
	"version" integer NOT NULL,
	"nonce" text NOT NULL,
	"verifier" text NOT NULL,
	"next" text,
	"session_id" uuid,
	"started_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"tried" jsonb,
	CONSTRAINT "sign_in_rounds_merchant_id_state_hash_pk" PRIMARY KEY("merchant_id","state_hash")
);
--> statement-breakpoint
CREATE TABLE "single_sign_on" (
	"merchant_id" bigint PRIMARY KEY NOT NULL,
	"enabled" boolean NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret" text NOT NULL,
	"role_claim" text,
	"role_values" jsonb NOT NULL,
	"default_role" text,
	"creates_people" boolean NOT NULL,
	"password_allowed" boolean NOT NULL,
	"needs_second_factor" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "single_sign_on_domains" (
	"merchant_id" bigint NOT NULL,
	"domain" text NOT NULL,
	CONSTRAINT "single_sign_on_domains_merchant_id_domain_pk" PRIMARY KEY("merchant_id","domain")
);
--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_merchant_id_user_id_users_merchant_id_id_fk" FOREIGN KEY ("merchant_id","user_id") REFERENCES "public"."users"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_rounds" ADD CONSTRAINT "sign_in_rounds_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_sign_on" ADD CONSTRAINT "single_sign_on_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_sign_on_domains" ADD CONSTRAINT "single_sign_on_domains_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "identities_user" ON "identities" USING btree ("merchant_id","user_id","issuer");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_rounds_state" ON "sign_in_rounds" USING btree ("state_hash");--> statement-breakpoint
CREATE INDEX "sign_in_rounds_started" ON "sign_in_rounds" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "single_sign_on_domains_domain" ON "single_sign_on_domains" USING btree ("domain");