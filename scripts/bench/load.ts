import { Pool } from 'undici';

export type Request = {
  method?: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
};
export type Load = {
  origin: string;
  /** Requests under way at any moment. */
  atOnce: number;
  requests: number;
  next: () => Request;
  status: number;
};

/** Sends so many requests, always `atOnce` under way, over kept connections; gives requests a second. */
export async function drive({ origin, atOnce, requests, next, status }: Load): Promise<number> {
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
  let left = requests;
  const begun = performance.now();
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const { method = 'POST', path, headers, body = null } = next();
      const answer = await pool.request({ path, method, headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== status) throw new Error(`${path} answered ${answer.statusCode}: ${text}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, worker));
    return requests / ((performance.now() - begun) / 1000);
  } finally {
    await pool.destroy();
  }
}
