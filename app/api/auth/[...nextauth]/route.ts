import NextAuth from 'next-auth';
import { authParts } from '@/app/_server/staff';
import { authOptions } from '@/lib/auth';

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = (request: Request, context: Context): Promise<Response> =>
  NextAuth(authOptions(authParts()))(request, context);

export { handle as GET, handle as POST };
