import { Notice } from '@/app/_components/notice';
import type { AppError } from '@/core/outcome';
import { NoPermission } from '../../../_parts/no-permission';

/** Why a page of the money cannot be shown. */
export const Refused = ({ error }: { error: AppError }) =>
  error.code === 'forbidden' ? (
    <NoPermission what="looking after the money" />
  ) : (
    <>
      <h1 className="sr-only">Money</h1>
      <Notice tone="bad">{error.message}</Notice>
    </>
  );
