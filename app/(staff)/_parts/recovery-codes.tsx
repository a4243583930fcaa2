'use client';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { Notice } from '@/app/_components/notice';

/** Recovery codes, which are shown this once. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const [copied, setCopied] = useState<'Copied.' | 'Not copied: select them and copy them yourself.' | null>(
    null,
  );
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied('Copied.'),
      () => setCopied('Not copied: select them and copy them yourself.'),
    );
  return (
    <Notice tone="warn">
      <p className="font-semibold">Keep these recovery codes now. They are not shown again.</p>
      <p className="mt-1 text-sm">
        Each signs you in once, when you do not have your second factor with you.
      </p>
      <ul className="my-3 space-y-1 font-mono text-sm" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="secondary" onClick={copy}>
          Copy
        </Button>
        <span role="status" className="text-sm">
          {copied}
        </span>
      </div>
    </Notice>
  );
}
