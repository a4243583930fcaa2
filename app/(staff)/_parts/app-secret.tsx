import { QrCode } from './qr-code';

/** What an authenticator app takes: as a picture for its camera, and in letters for who types it. */
export const AppSecret = ({ secret, uri }: { secret: string; uri: string }) => (
  <div className="space-y-2">
    <QrCode text={uri} label="QR code for your authenticator app" />
    <p className="text-sm text-muted">
      If you cannot scan it, type this key into the app:
      <span className="mt-1 block font-mono break-all text-ink" data-testid="app-key">
        {secret.replace(/.{4}(?=.)/g, '$& ')}
      </span>
    </p>
  </div>
);
