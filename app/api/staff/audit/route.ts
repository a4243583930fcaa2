import { staffFile } from '@/app/_server/csv-file';
import { queryOf } from '@/app/_server/staff';
import { exportAuditEntries } from '@/lib/audit';

/** The audit trail as a file, with the filter of the screen. */
export const GET = (request: Request): Promise<Response> =>
  staffFile(request, 'audit-log.csv', (ctx) => exportAuditEntries(ctx, queryOf(request)));
