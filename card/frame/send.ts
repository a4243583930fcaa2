/** What came of posting a card: the attempt's state, a refusal that proves nothing was sent on, or no word at all. */
export type Sent =
  | { kind: 'state'; state: string; challengeUrl: string | null }
  | { kind: 'refused'; code: string }
  | { kind: 'lost' };

/** Longer than every wait behind it: the portal's, the gateway's and the telling of the result. */
const PATIENCE_MS = 75_000;

/** Posts the card to this form's own origin, once. Never throws. */
export async function sendCard(body: string, parentOrigin: string): Promise<Sent> {
  try {
    const response = await fetch('/authorize', {
      method: 'POST',
      headers: { 'content-type': 'application/x-counterfoil-card', 'counterfoil-parent': parentOrigin },
      body,
      mode: 'same-origin',
      // Under the page's own "no-referrer" Firefox and Safari would name no origin, and the card would be refused.
      referrerPolicy: 'strict-origin',
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = (await response.json()) as { state?: unknown; challengeUrl?: unknown; code?: unknown };
    if (response.ok)
      return {
        kind: 'state',
        state: String(answer.state),
        challengeUrl: typeof answer.challengeUrl === 'string' ? answer.challengeUrl : null,
      };
    const refused = response.status < 500 || answer.code === 'unavailable';
    return refused ? { kind: 'refused', code: String(answer.code) } : { kind: 'lost' };
  } catch {
    return { kind: 'lost' };
  }
}
