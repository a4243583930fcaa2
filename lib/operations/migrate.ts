export { migrateSchema as migrate } from '@/db/migrate';
