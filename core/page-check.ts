/** What came of a look at the payer's page: as an operator signed it, otherwise, or nobody could look. */
export const PAGE_CHECK_RESULTS = ['as_signed', 'differs', 'not_looked'] as const;
export type PageCheckResult = (typeof PAGE_CHECK_RESULTS)[number];
