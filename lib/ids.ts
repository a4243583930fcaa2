import { uuidv7 } from 'uuidv7';
import { type IdKind, idFromUuid } from '@/core/ids';

/** A new public id, ordered by time. */
export const newId = (kind: IdKind): string => idFromUuid(kind, uuidv7());
