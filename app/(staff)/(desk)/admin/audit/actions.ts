'use server';
import { staffAction } from '@/app/_server/staff';
import { mayExportAudit, requestAuditCheck } from '@/lib/audit';

/** Has the whole trail checked, in the background. */
export const checkNow = staffAction('check_audit', ({ ctx }) => requestAuditCheck(ctx));

/** Whether the file would be given now, or a fresh proof is needed first. */
export const askForExport = staffAction('export_audit', ({ ctx }) => mayExportAudit(ctx));
