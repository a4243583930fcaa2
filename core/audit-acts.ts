/** Acts of the audit trail by what they are about: `payment_link.send` is of the kind `payment_link`. */
export const AUDIT_KINDS = {
  links: ['payment_link', 'payment_links', 'payment_link_batch', 'bulk_act', 'opt_out', 'customer'],
  payments: ['payment_attempt', 'payment_session', 'refund'],
  money: ['balance', 'alert', 'gateway_notification', 'breaker'],
  settings: [
    ...['payment_profile', 'gateway_account', 'merchant', 'branding', 'own_sentence', 'saved_view'],
    ...['form_lookup', 'write_back', 'compatible'],
  ],
  people: [
    ...['user', 'session', 'agent_token', 'sign_in', 'sign_in_failed', 'single_sign_on'],
    ...['step_up', 'step_up_failed', 'change_password_failed', 'second_factor', 'recovery_codes'],
  ],
  systems: ['api_key', 'oauth_client', 'oauth_token', 'webhook_endpoint', 'event'],
  trail: ['audit_trail'],
} as const;
export type AuditGroup = keyof typeof AUDIT_KINDS;
export const AUDIT_GROUPS = Object.keys(AUDIT_KINDS) as AuditGroup[];

const WHOLE: Readonly<Record<string, string>> = {
  sign_in: 'Signed in',
  sign_in_failed: 'Sign-in refused: wrong password, code or passkey',
  step_up: 'Confirmed that it is them',
  step_up_failed: 'Wrong password, code or passkey when asked to confirm',
  change_password_failed: 'Wrong password when changing it',
  'second_factor.add': 'Second factor added',
  'second_factor.rename': 'Passkey renamed',
  'second_factor.remove': 'Second factor removed',
  'second_factor.reset': 'Second factors taken away',
  'recovery_codes.make': 'New recovery codes made',
  'session.end': 'Signed out',
  'breaker.open': 'Payments on the web paused: card testing',
  'breaker.close': 'Payments on the web resumed',
  'gateway_notification.ignore': 'Notice of the gateway ignored',
  'gateway_notification.apply_again': 'Notice of the gateway applied again',
  'compatible.save': 'Vonage-compatible webhook saved',
  'single_sign_on.update': 'Single sign-on changed',
  'single_sign_on.refuse': 'Single sign-on refused somebody',
  'user.join_provider': 'Joined to single sign-on',
  'user.sign_out': 'User signed out everywhere',
  'user.set_password': 'Password set',
  'user.ask_password_reset': 'New password asked for',
  'agent_token.reused': 'Agent desk ended: its token was used twice',
  'payment_attempt.check': 'Gateway asked about a payment',
  'refund.check': 'Gateway asked about a refund',
  'customer.erase': 'Customer’s data erased',
  'audit_trail.check': 'Check of the audit trail asked for',
  'audit_trail.export': 'Audit trail exported',
};

const THINGS: Readonly<Record<string, string>> = {
  payment_link: 'Payment link',
  payment_link_batch: 'Import of links',
  bulk_act: 'Bulk act',
  payment_attempt: 'Payment attempt',
  payment_session: 'Payment session',
  payment_profile: 'Payment profile',
  gateway_account: 'Gateway account',
  api_key: 'API key',
  oauth_client: 'OAuth client',
  oauth_token: 'OAuth token',
  webhook_endpoint: 'Webhook endpoint',
  own_sentence: 'Own sentence',
  saved_view: 'View of the list',
  second_factor: 'Second factor',
  opt_out: 'Opt-out',
  form_lookup: 'Form lookup',
  write_back: 'Write-back',
  agent_token: 'Agent token',
};

const DEEDS: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  save: 'saved',
  remove: 'removed',
  rename: 'renamed',
  delete: 'deleted',
  send: 'sent',
  send_receipt: 'receipt sent',
  export: 'list exported',
  cancel: 'canceled',
  reissue: 'reissued',
  unlock: 'unlocked',
  request: 'asked for',
  decide_request: 'request for a new link decided',
  start: 'started',
  submit: 'card sent',
  result: 'ended',
  stop: 'stopped',
  undo: 'undone before it began',
  void: 'voided',
  capture: 'captured',
  reverse: 'reversed',
  withdraw: 'withdrawn',
  decide: 'decided by hand',
  take_over: 'taken over',
  issue: 'issued',
  issued: 'issued',
  revoke: 'revoked',
  rotate: 'replaced',
  rotate_secret: 'secret replaced',
  enable: 'switched on',
  disable: 'switched off',
  ping: 'test event sent',
  replay: 'events sent again',
  redeliver: 'sent again',
  lift: 'lifted',
  settle: 'settled',
  invite: 'invited',
  change_role: 'role changed',
  switch_button: 'payment button changed',
  set_time_zone: 'time zone changed',
  set_list_look: 'look of the list changed',
  switch_account: 'switched to another gateway account',
  make_default: 'made the default',
  replace_key: 'key replaced',
  set_notification_secret: 'notification secret changed',
  test: 'tested',
};

const plain = (word: string): string => word.replaceAll('_', ' ');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An act in plain words. One that is not known yet is told by its own name. */
export function actText(action: string): string {
  const [thing = '', deed = ''] = action.split('.');
  return WHOLE[action] ?? `${THINGS[thing] ?? capital(plain(thing))} ${DEEDS[deed] ?? plain(deed)}`.trim();
}
