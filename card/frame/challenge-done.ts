/** Where the bank's page ends: tells the card form around it, which is of this very origin, that the check is over. */
export const CHALLENGE_DONE_SCRIPT =
  "parent!==window&&parent.postMessage({counterfoil:'challenge_done'},location.origin)";

export const challengeDonePage = (): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Bank check</title></head><body><script>${CHALLENGE_DONE_SCRIPT}</script></body></html>`;
