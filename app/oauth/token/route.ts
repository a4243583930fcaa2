import { otherMethods } from '../../_server/api';
import { answerTokenRequest } from '../../_server/oauth';

export { answerTokenRequest as POST };

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
