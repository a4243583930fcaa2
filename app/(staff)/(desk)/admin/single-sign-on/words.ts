import type { AppError } from '@/core/outcome';

const FIELDS: Record<string, string> = {
  issuer: 'The provider’s address',
  clientId: 'The client ID',
  clientSecret: 'The client secret',
  domains: 'The e-mail domains',
  roleClaim: 'The claim with the groups',
  roleValues: 'Groups and roles',
  passwordAllowed: 'Signing in with a password',
};

/** A refusal in the words of the form. */
export function sentenceOf({ message, errors }: AppError): string {
  const [first] = errors ?? [];
  const field = first && FIELDS[first.path.split('.')[0] ?? ''];
  return field ? `${field} ${first.message}.` : message;
}
