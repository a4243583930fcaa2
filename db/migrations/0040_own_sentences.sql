CREATE TABLE "own_sentences" (
	"merchant_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"locale" text NOT NULL,
	"text" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "own_sentences_merchant_id_kind_locale_pk" PRIMARY KEY("merchant_id","kind","locale")
);
--> statement-breakpoint
ALTER TABLE "own_sentences" ADD CONSTRAINT "own_sentences_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;