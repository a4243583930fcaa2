/** The button that copies the page's address, for an app that cannot open it elsewhere by itself. */
export function offerCopy(): void {
  const button = document.querySelector<HTMLButtonElement>('#copy');
  const { address, done } = button?.dataset ?? {};
  if (!button || !address || !navigator.clipboard) return;
  button.hidden = false;
  button.onclick = () =>
    void navigator.clipboard.writeText(address).then(() => {
      button.textContent = done ?? '';
    });
}

/** Says that the device is offline for as long as it is, and looks again at once when it is not. */
export function followConnection(text: string, say: (text: string) => void, look: () => void): void {
  window.addEventListener('offline', () => say(text));
  window.addEventListener('online', () => {
    say('');
    look();
  });
}
