/**
 * What a provider did with a message. `rejected` is final: this address will never take it. `retry` means it may or may
 * not have been taken; the message's id goes along as `reference`, so that the provider can drop a repeat.
 */
export type SendResult =
  | { kind: 'accepted'; id?: string }
  | { kind: 'rejected'; reason: string }
  | { kind: 'retry'; reason: string };

export type Sms = {
  /** E.164. */
  to: string;
  /** Sender name, at most 11 letters and digits. */
  from: string;
  text: string;
  /** The message's id. */
  reference: string;
};
export type SmsProvider = { send: (sms: Sms) => Promise<SendResult> };

export type Mail = {
  to: string;
  fromName: string;
  replyTo: string;
  subject: string;
  html: string;
  text: string;
  /** The message's id. */
  reference: string;
  /** Where its reader ends such mails, in one step (RFC 8058); only of what is sent unasked. */
  unsubscribeUrl?: string;
  /** When it is sent, on the database's clock. */
  at: Date;
};
export type MailTransport = { send: (mail: Mail) => Promise<SendResult> };

export type Providers = { sms: SmsProvider; mail: MailTransport };
