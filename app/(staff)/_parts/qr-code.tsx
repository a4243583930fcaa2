import { renderSVG } from 'uqr';

/** A text as a picture for a camera, black on white on a dark screen too. */
export const QrCode = ({ text, label }: { text: string; label: string }) => (
  // biome-ignore lint/performance/noImgElement: a picture that is made here has nothing to be fetched.
  <img
    src={`data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M' }))}`}
    alt={label}
    width={208}
    height={208}
    className="mx-auto rounded-lg border border-line bg-white p-2"
  />
);
