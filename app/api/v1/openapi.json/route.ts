import { otherMethods } from '../../../_server/api';
import { answerOpenApi } from '../../../_server/openapi';

export { answerOpenApi as GET };

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
