import { renderSVG } from 'uqr';

/** What an authenticator app takes: as a picture for its camera, and in letters for who types it. */
export const AppSecret = ({ secret, uri }: { secret: string; uri: string }) => (
  <div className="space-y-2">
    {/* biome-ignore lint/performance/noImgElement: a picture that is made here has nothing to be fetched. */}
    <img
      src={`data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { ecc: 'M' }))}`}
      alt="QR code for your authenticator app"
      width={208}
      height={208}
      className="mx-auto rounded-lg border border-line bg-white p-2"
    />
    <p className="text-sm text-muted">
      If you cannot scan it, type this key into the app:
      <span className="mt-1 block font-mono break-all text-ink" data-testid="app-key">
        {secret.replace(/.{4}(?=.)/g, '$& ')}
      </span>
    </p>
  </div>
);
