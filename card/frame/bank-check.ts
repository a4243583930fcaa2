/**
 * Shows the issuer's page inside `place`, and below it `whole`, the way to it where it will not be shown in a frame; calls
 * `onDone` when it came back to our own origin. Returns how to take it away.
 * What the bank found is not in the message: only the portal can say.
 */
export function showBankCheck(
  place: HTMLElement,
  whole: HTMLAnchorElement,
  url: string,
  title: string,
  onDone: () => void,
): () => void {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.allow = 'payment';
  frame.referrerPolicy = 'no-referrer';
  frame.src = url;
  const remove = () => {
    removeEventListener('message', listen);
    frame.remove();
    place.hidden = true;
  };
  const listen = ({ source, origin, data }: MessageEvent) => {
    const isOurs = source === frame.contentWindow && origin === location.origin;
    if (!isOurs || data?.counterfoil !== 'challenge_done') return;
    remove();
    onDone();
  };
  addEventListener('message', listen);
  whole.href = url;
  place.append(frame, whole.parentElement ?? whole);
  place.hidden = false;
  frame.focus();
  return remove;
}
