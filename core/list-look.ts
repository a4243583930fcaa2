/** What of a link a list can leave out. Amount and status always stand there. */
export const LINK_COLUMNS = ['customer', 'reference', 'created', 'pay_by', 'created_by'] as const;
export type LinkColumn = (typeof LINK_COLUMNS)[number];

/** How a person has the list of links: what is left out, whether its rows are low, and whether single keys do something. */
export type ListLook = { hidden: LinkColumn[]; dense: boolean; keys: boolean };
export const USUAL_LOOK: ListLook = { hidden: [], dense: false, keys: true };
