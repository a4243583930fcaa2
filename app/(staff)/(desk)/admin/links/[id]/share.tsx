'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { CheckIcon, CopyIcon } from '@/app/_components/icons';
import type { PaymentLink } from '@/lib/contracts/payment-links';

const FEEDBACK_MS = 2500;

/** What staff give the customer: the address to copy and the two words to read out. */
export function Share({ link }: { link: PaymentLink }) {
  const address = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by hand'>('no');
  useEffect(() => {
    if (copied !== 'yes') return;
    const timer = setTimeout(() => setCopied('no'), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.url);
      setCopied('yes');
    } catch {
      address.current?.select();
      setCopied('by hand');
    }
  };
  return (
    <Card id="share" title="For the customer">
      <label htmlFor="url" className="mb-1 block text-sm font-medium">
        Payment link
      </label>
      <div className="flex gap-2 max-sm:flex-col">
        <input
          ref={address}
          id="url"
          readOnly
          value={link.url}
          onFocus={(event) => event.target.select()}
          className="min-h-11 min-w-0 flex-1 rounded-lg border border-line-strong bg-sunken px-3 font-mono text-sm text-ellipsis"
        />
        <Button onClick={copy} className="min-h-11 sm:w-36">
          {copied === 'yes' ? <CheckIcon /> : <CopyIcon />}
          {copied === 'yes' ? 'Copied' : 'Copy link'}
        </Button>
      </div>
      <p role="status" className="min-h-5 text-sm text-muted">
        {copied === 'yes' && <span className="sr-only">The link is copied.</span>}
        {copied === 'by hand' && 'The browser did not allow it: press Ctrl+C or ⌘C now.'}
      </p>
      <div className="mt-2 border-t border-line pt-4">
        <p className="text-sm font-medium">Words to read out</p>
        <p className="mt-1 text-2xl font-semibold tracking-wide">{link.phrase}</p>
        <p className="mt-1 text-sm text-muted">
          The customer’s page shows the same two words, so they know the request is yours.
        </p>
      </div>
    </Card>
  );
}
