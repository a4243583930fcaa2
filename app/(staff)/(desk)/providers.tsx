'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ToastProvider } from '@/app/_components/toast';

/**
 * Live data: what the server rendered is shown at once, then asked again every 2 s while the page is looked at. Also where the
 * browser says that there is no network: else the page would wait without a word, and call what is old live.
 */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { refetchOnWindowFocus: 'always', retry: 1, networkMode: 'always' } },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <ToastProvider>{children}</ToastProvider>
    </QueryClientProvider>
  );
}
