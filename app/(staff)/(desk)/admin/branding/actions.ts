'use server';
import { staffAction } from '@/app/_server/staff';
import { refuse } from '@/core/outcome';
import { saveBranding, tryLogo } from '@/lib/branding';
import { changeOwnDomain } from '@/lib/merchants';

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** `file`: a new logo; null takes it away, undefined leaves it. */
export const save = staffAction('save_branding', async ({ ctx }, input: object, file?: Blob | null) =>
  saveBranding(ctx, input, file instanceof Blob ? await bytesOf(file) : file === null ? null : undefined),
);

/** At which domain payers are shown their pages: an owner's word. */
export const setDomain = staffAction('change_own_domain', ({ ctx }, input: object) =>
  changeOwnDomain(ctx, input),
);

/** A picture that was chosen, as payers would get it. */
export const readPicture = staffAction('try_logo', async ({ ctx }, file: Blob) =>
  file instanceof Blob ? tryLogo(ctx, await bytesOf(file)) : refuse('malformed', 'That is no file.'),
);
