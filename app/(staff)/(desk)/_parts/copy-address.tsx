'use client';
import { useEffect, useRef, useState } from 'react';
import { Button, type ButtonKind } from '@/app/_components/button';
import { CheckIcon, CopyIcon } from '@/app/_components/icons';

const FEEDBACK_MS = 2500;

/** The address of a payment link, and its copy for a person to paste. */
export function CopyAddress({ url, kind = 'primary' }: { url: string; kind?: ButtonKind }) {
  const address = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by hand'>('no');
  useEffect(() => {
    if (copied !== 'yes') return;
    const timer = setTimeout(() => setCopied('no'), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied('yes');
    } catch {
      address.current?.select();
      setCopied('by hand');
    }
  };
  return (
    <>
      <label htmlFor="url" className="mb-1 block text-sm font-medium">
        Payment link
      </label>
      <div className="flex gap-2 max-sm:flex-col">
        <input
          ref={address}
          id="url"
          readOnly
          value={url}
          onFocus={(event) => event.target.select()}
          className="min-h-11 min-w-0 flex-1 rounded-lg border border-line-strong bg-sunken px-3 font-mono text-sm text-ellipsis"
        />
        <Button onClick={copy} kind={kind} className="min-h-11 sm:w-36">
          {copied === 'yes' ? <CheckIcon /> : <CopyIcon />}
          {copied === 'yes' ? 'Copied' : 'Copy link'}
        </Button>
      </div>
      <p role="status" className="min-h-5 text-sm text-muted">
        {copied === 'yes' && <span className="sr-only">The link is copied.</span>}
        {copied === 'by hand' && 'The browser did not allow it: press Ctrl+C or ⌘C now.'}
      </p>
    </>
  );
}
