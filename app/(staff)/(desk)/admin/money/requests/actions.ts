'use server';
import { staffAction } from '@/app/_server/staff';
import { decideLinkRequest } from '@/lib/link-requests';
import { changeNewLinkRule } from '@/lib/payment-profiles';

/** Sends a new link to the addresses on file, or refuses it. */
export const decide = staffAction('decide_link_request', ({ ctx }, id: string, input: object) =>
  decideLinkRequest(ctx, String(id), input),
);

/** Sets what a profile does with a wish for a new link. */
export const setRule = staffAction('change_new_link_rule', ({ ctx }, input: object) =>
  changeNewLinkRule(ctx, input),
);
