'use server';
import { staffAction } from '@/app/_server/staff';
import { withPeriod } from '@/core/link-period';
import { prepareBulkAct, startBulkAct, stopBulkAct } from '@/lib/bulk-acts';
import { mayExportLinks } from '@/lib/payment-links';

/** Which links an act would be for, and what they ask for. Nothing is done yet. */
export const prepareBulk = staffAction('prepare_bulk_act', ({ ctx, session }, input: Input) =>
  prepareBulkAct(ctx, {
    ...input,
    ...(input.filter && { filter: withPeriod(input.filter, session.timeZone) }),
  }),
);
type Input = { act: string; links?: string[]; filter?: Record<string, string> };

/** Confirms it: it begins after its time of grace. */
export const startBulk = staffAction('start_bulk_act', ({ ctx }, id: string, how: object) =>
  startBulkAct(ctx, String(id), how),
);

/** Takes it back before it begins, or stops what is left of it. */
export const stopBulk = staffAction('stop_bulk_act', ({ ctx }, id: string) => stopBulkAct(ctx, String(id)));

/** Whether the file of links would be given now, or a fresh proof is needed first. */
export const askForLinkExport = staffAction('export_links', ({ ctx }) => mayExportLinks(ctx));
