/** Of both patterns the syntax is what JavaScript and PostgreSQL have in common: a cell may be made by either. */

/** All that Unicode has as white space; `\s` is less to a database, by its locale. */
const BLANK = '\\u0009-\\u000D\\u0020\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF';

/**
 * What a spreadsheet takes as a formula, full-width signs too, also behind blanks, quotes and what other countries part
 * cells by; or as the end of the cell.
 */
export const FORMULA = `^[${BLANK}"';|]*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]|^[\\t\\r]`;

/** What stands in a cell only between quotes. */
export const QUOTED = '[",;\\t\\r\\n]';
