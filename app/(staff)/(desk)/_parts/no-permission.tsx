import { Empty } from '@/app/_components/notice';

export const NoPermission = ({ what }: { what: string }) => (
  <Empty as="h1" title={`Your role does not include ${what}`}>
    <p>An owner or admin of your account can change that.</p>
  </Empty>
);
