-- Both may be made by whoever owns the database: they are trusted extensions.
create extension if not exists pg_trgm;--> statement-breakpoint
create extension if not exists btree_gin;--> statement-breakpoint
create function cf_link_text(l payment_links) returns text language sql stable as $$
  select ' ' || lower(concat_ws(' ', l.reference, l.customer_name, l.customer_email, l.customer_phone, l.description)) $$;--> statement-breakpoint
insert into payment_link_texts select merchant_id, id, cf_link_text(l), right(replace(id::text, '-', ''), 15) from payment_links l;--> statement-breakpoint
-- New words wait in a short list, which every search reads too, until there are enough to be sorted in together.
create index payment_link_texts_trigrams on payment_link_texts using gin (merchant_id, text gin_trgm_ops) with (gin_pending_list_limit = 512);--> statement-breakpoint
create function cf_link_texts_insert() returns trigger language plpgsql as $$ begin
  insert into payment_link_texts select merchant_id, id, cf_link_text(l), right(replace(id::text, '-', ''), 15) from fresh l;
  return null; end $$;--> statement-breakpoint
create trigger texts_insert after insert on payment_links referencing new table as fresh
  for each statement execute function cf_link_texts_insert();--> statement-breakpoint
create function cf_link_texts_update() returns trigger language plpgsql as $$ begin
  update payment_link_texts set text = cf_link_text(new) where merchant_id = new.merchant_id and payment_link_id = new.id;
  return null; end $$;--> statement-breakpoint
create trigger texts_update after update of reference, customer_name, customer_email, customer_phone, description on payment_links
  for each row when (cf_link_text(old) is distinct from cf_link_text(new)) execute function cf_link_texts_update();
