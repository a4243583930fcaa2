'use client';
import { BrokenPage } from './_components/broken-page';
import './globals.css';

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Counterfoil</title>
        <BrokenPage digest={error.digest} retry={() => window.location.reload()} />
      </body>
    </html>
  );
}
