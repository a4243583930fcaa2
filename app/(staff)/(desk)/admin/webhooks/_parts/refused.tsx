import { Notice } from '@/app/_components/notice';
import type { AppError } from '@/core/outcome';
import { NoPermission } from '../../../_parts/no-permission';

/** Why a page of the webhooks cannot be shown. */
export const Refused = ({ error }: { error: AppError }) => (
  <>
    <h1 className="sr-only">Webhooks</h1>
    {error.code === 'forbidden' ? (
      <NoPermission what="seeing webhooks" />
    ) : (
      <Notice tone="bad">{error.message}</Notice>
    )}
  </>
);
