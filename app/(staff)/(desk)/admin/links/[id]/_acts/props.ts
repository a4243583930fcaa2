import type { QueryKey } from '@tanstack/react-query';
import type { LinkHistory } from '@/lib/payment-links';

/** What the dialog of an act on a link is given. */
export type ActProps = {
  history: LinkHistory;
  zone: string;
  queryKey: QueryKey;
  open: boolean;
  onClose: () => void;
};
