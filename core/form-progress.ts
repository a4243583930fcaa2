/** How far the payer is with the fields of the pay page's form. Never what stands in them. */
export const FORM_FIELDS = ['number', 'expiry', 'security_code', 'name'] as const;
export type FormField = (typeof FORM_FIELDS)[number];
export const FORM_TICKS = ['empty', 'typing', 'complete', 'wrong'] as const;
export type FormTick = (typeof FORM_TICKS)[number];
export type FormProgress = Record<FormField, FormTick>;
