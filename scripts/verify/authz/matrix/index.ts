/**
 * Who may come in where: one row for each way in, which says who is let in and how it is called. Everybody else is refused, changes
 * nothing, and learns nothing of another merchant's. The legend of the actors is in actors.ts, the words of a row in rows.ts.
 */
import type { Row } from '../rows';
import { ACTIONS } from './actions';
import { API } from './api';
import { DESK } from './desk';
import { MACHINES } from './machines';
import { PAYERS } from './payers';

export const MATRIX: readonly Row[] = [...DESK, ...ACTIONS, ...API, ...PAYERS, ...MACHINES];
