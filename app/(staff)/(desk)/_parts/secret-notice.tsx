'use client';
import { Button } from '@/app/_components/button';
import { Notice } from '@/app/_components/notice';
import { useToast } from '@/app/_components/toast';

/** A secret, which is shown this once. `what` it is, as people say it. */
export function SecretNotice({ what, secret }: { what: string; secret: string }) {
  const say = useToast();
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => say(`The ${what} is copied.`),
      () => say('Your browser did not copy it. Select it and copy it yourself.', 'bad'),
    );
  return (
    <Notice tone="warn">
      <p className="font-semibold">Keep this {what} now. It is not shown again.</p>
      <p className="mt-1 font-mono text-sm break-all" data-testid="secret">
        {secret}
      </p>
      <Button kind="secondary" className="mt-2" onClick={copy}>
        Copy
      </Button>
    </Notice>
  );
}
