/**
 * What a right answer left: it opens the page and is kept with this entry of the tab's history, out of the address, so that a
 * copied or forwarded address asks again. A page that is loaded anew is opened with it once more.
 */
type Kept = { pass?: string };

const keep = (pass: string | null, address: URL): void =>
  history.replaceState(pass ? ({ pass } satisfies Kept) : null, '', address);

/** Keeps a newer one for this page; gives it. */
export function keepPass(pass: string): string {
  keep(pass, new URL(location.href));
  return pass;
}

/** Loads the page with what opens it. */
export function openWith(pass: string): void {
  const address = new URL(location.href);
  address.searchParams.set('p', pass);
  address.searchParams.delete('again');
  location.replace(address);
}

/** Takes what opens this page out of its address; null where nothing does. A question that it no longer answers is asked again. */
export function takePass(): string | null {
  const address = new URL(location.href);
  const isAsked = document.querySelector('main')?.dataset.state === 'verification';
  const given = address.searchParams.get('p');
  if (given !== null) {
    address.searchParams.delete('p');
    keep(isAsked ? null : given, address);
    return isAsked ? null : given;
  }
  const kept = (history.state as Kept | null)?.pass ?? null;
  if (kept !== null && isAsked) openWith(kept);
  return kept;
}
