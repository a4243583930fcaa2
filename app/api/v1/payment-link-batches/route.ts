import { otherMethods } from '../../../_server/api';
import { apiBatch } from '../../../_server/api-stream';

export const POST = apiBatch;

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
