import * as z from 'zod';
import { LINK_COLUMNS } from '@/core/list-look';
import { exportPaymentLinksInput } from './link-lists';
import { plain } from './text';

/** What a view may ask for: no words, which name people and would be kept when these are erased. */
export const viewFilter = exportPaymentLinksInput.omit({ q: true, customer: true, reference: true });

const view = {
  name: plain(60),
  /** As the list's address has it; `period` is one of days, so that it goes on with the calendar. */
  filter: z.record(z.string(), z.string().max(64)),
  shared: z.boolean(),
};
export const saveViewInput = z.strictObject(view);
export const changeViewInput = z
  .strictObject(view)
  .partial()
  .refine((change) => Object.keys(change).length > 0, { error: 'says nothing to change' });

export const listLookInput = z.strictObject({
  hidden: z.array(z.enum(LINK_COLUMNS)).max(LINK_COLUMNS.length),
  dense: z.boolean(),
  keys: z.boolean(),
});

export type SavedView = {
  id: string;
  name: string;
  filter: Record<string, string>;
  shared: boolean;
  /** Whether whoever reads it may change it. */
  mayChange: boolean;
};
export type ListViews = { views: SavedView[]; mayShare: boolean };
