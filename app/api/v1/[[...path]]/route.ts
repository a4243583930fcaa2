import { notFound } from '../../../_server/api';

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
