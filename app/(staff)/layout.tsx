import type { ReactNode } from 'react';
import { askedPath } from '@/app/_server/staff';

/** No page of staff without its headers, signed in or not. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  await askedPath();
  return children;
}
