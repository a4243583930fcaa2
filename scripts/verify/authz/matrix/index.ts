/**
 * Who may come in where: one row for each way in, which says who is let in and how it is called. Everybody else is refused, changes
 * nothing, and learns nothing of another merchant's. The legend of the actors is in actors.ts, the words of a row in rows.ts.
 */
import type { Row } from '../rows';
import { ACCOUNT } from './account';
import { ACTIONS } from './actions';
import { API } from './api';
import { DESK } from './desk';
import { MACHINES } from './machines';
import { PAYERS } from './payers';
import { DEFAULT, SETTINGS } from './settings';
import { SIGN_IN } from './sign-in';

/** Last comes what changes the actors themselves: their factors, their sessions. */
export const MATRIX: readonly Row[] = [
  ...[...DESK, ...ACTIONS, ...SETTINGS, ...SIGN_IN, ...API, ...PAYERS, ...MACHINES],
  ...[DEFAULT, ...ACCOUNT],
];
