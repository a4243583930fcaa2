/** A client of the Vonage Payment API as its public pages describe it. It knows nothing of Counterfoil but the base URL. */
export type PaymentData = Record<string, string>;
export type Session = {
  sessionGuid: string;
  iframeUrl: string;
  agentAccessToken: string;
  agentRefreshToken: string;
};
export type Status = {
  sessionGuid: string;
  callGuid: string | null;
  providerSessionGuid: string;
  createdOn: string;
  lastUpdatedOn: string;
  sessionState: string;
  paymentResultData: Record<string, string>;
};
export type SessionRequest = {
  agentId: string;
  paymentData: PaymentData;
  accountConfigurationId?: number | string;
  skipCallTransfer?: boolean;
};

/** What the service refused, as it said it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly answer: unknown,
  ) {
    super(`${status} ${JSON.stringify(answer)}`);
  }
}

export class VonageClient {
  private token: { value: string; until: number } | null = null;

  constructor(private readonly account: { baseUrl: string; clientId: string; clientSecret: string }) {}

  createSession = (request: SessionRequest): Promise<Session> => this.post('/v1/session', request);
  createDigitalSession = (request: SessionRequest): Promise<Session> =>
    this.post('/v1/digitalsession', request);

  async status(sessionGuid: string): Promise<Status> {
    const headers = { authorization: `Bearer ${await this.accessToken()}` };
    return read(await fetch(`${this.account.baseUrl}/v1/session/${sessionGuid}`, { headers }));
  }

  /** The agent's own page: an iframe with a name, and a form that posts both tokens into it. */
  agentPage = ({ iframeUrl, agentAccessToken, agentRefreshToken }: Session): string => `<!doctype html>
<title>Agent</title>
<iframe name="paymentframe" title="Payment" src="about:blank" width="900" height="700"></iframe>
<form action="${iframeUrl}" id="initForm" target="paymentframe" method="POST">
  <input name="X-BEARER-TOKEN" value="${agentAccessToken}" type="hidden">
  <input name="X-REFRESH-TOKEN" value="${agentRefreshToken}" type="hidden">
</form>
<script>document.getElementById("initForm").submit();</script>`;

  /** A token lasts an hour and is used until it ends. */
  private async accessToken(): Promise<string> {
    if (this.token && this.token.until > Date.now()) return this.token.value;
    const { baseUrl, clientId, clientSecret } = this.account;
    const body = new URLSearchParams({
      ...{ grant_type: 'client_credentials', scope: 'globalpci' },
      ...{ client_id: clientId, client_secret: clientSecret },
    });
    const answer = await read<{ access_token: string; expires_in: number }>(
      await fetch(`${baseUrl}/Auth/connect/token`, { method: 'POST', body }),
    );
    this.token = { value: answer.access_token, until: Date.now() + answer.expires_in * 1_000 };
    return answer.access_token;
  }

  private async post(path: string, request: SessionRequest): Promise<Session> {
    return read(
      await fetch(this.account.baseUrl + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await this.accessToken()}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(request),
      }),
    );
  }
}

async function read<T>(answer: Response): Promise<T> {
  const body = (await answer.json()) as T;
  if (!answer.ok) throw new Refused(answer.status, body);
  return body;
}
