-- A claim writes no indexed column: with room on its page the row is written where it stands, and no index is touched.
alter table "webhook_deliveries" set (fillfactor = 70);
