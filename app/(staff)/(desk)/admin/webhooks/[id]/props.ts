import type { EndpointScreen } from '../read';

export type DialogProps = {
  screen: EndpointScreen;
  zone: string;
  queryKey: string[];
  open: boolean;
  onClose: () => void;
};
