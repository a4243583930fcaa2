-- The one clock of the product: the database's, read at the moment of asking. Test databases replace this function.
create or replace function cf_now() returns timestamptz language sql volatile as 'select clock_timestamp()';
