/**
 * Apps that open links in a browser of their own, which may have no wallet and forgets the page when the app is left. The
 * narrower name stands first: Messenger says also that it is Facebook's.
 */
const APPS = [
  ['messenger', /\bMessenger(Lite)?ForiOS\b|\bOrca-Android\b/],
  ['instagram', /\bInstagram\b/],
  ['facebook', /\bFB(AN|AV|_IAB)\b/],
  ['line', /\bLine\/\d/],
  ['wechat', /\bMicroMessenger\b/],
  ['tiktok', /\b(musical_ly|trill_|BytedanceWebview|TikTok)/],
  ['snapchat', /\bSnapchat\b/],
  ['x', /\bTwitter(Android)?\b/],
  ['linkedin', /\bLinkedInApp\b/],
  ['pinterest', /\bPinterest\b/],
  ['whatsapp', /\bWhatsApp\b/],
  ['kakaotalk', /\bKAKAOTALK\b/],
  ['google', /\bGSA\//],
  /** Some app on Android, which does not say which. */
  ['android', /\bAndroid\b.*; wv\)/],
] as const;

/** The same address for the device's own browser, as an app lets a link say it; null where no app is known to. */
export function browserAddress(address: string, userAgent: string | null): string | null {
  const { protocol, host, pathname, search } = new URL(address);
  const scheme = protocol.slice(0, -1);
  if (/\bAndroid\b/.test(userAgent ?? ''))
    return `intent://${host}${pathname}${search}#Intent;scheme=${scheme};action=android.intent.action.VIEW;end`;
  return /\b(iPhone|iPad|iPod)\b/.test(userAgent ?? '') ? `x-safari-${address}` : null;
}

export const IN_APP_NAMES = APPS.map(([name]) => name);
export type InApp = (typeof IN_APP_NAMES)[number];

/** The app that this user agent names; null for a browser that is none. */
export const inAppOf = (userAgent: string | null): InApp | null =>
  APPS.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0] ?? null;
