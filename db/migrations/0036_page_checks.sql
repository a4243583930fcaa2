CREATE TABLE "page_checks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "page_checks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"result" text NOT NULL,
	"findings" jsonb NOT NULL,
	"looked_at" timestamp (3) with time zone DEFAULT cf_now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "page_checks_at" ON "page_checks" USING btree ("looked_at");