/** What a peer's table or queue holds for one delivery. */
export type Job = { id: string; url: string; body: string };
export type Peer = 'graphile' | 'loop';

export const GRAPHILE_SCHEMA = 'bench_graphile';
