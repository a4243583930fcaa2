'use client';
import { useEffect, useRef, useState } from 'react';
import { Card } from '@/app/_components/card';
import { cx } from '@/app/_components/cx';
import type { Draft } from './draft';

const WAIT_MS = 250;
const CHOICES = {
  state: { label: 'Page', options: { ready: 'To be paid', paid: 'Receipt' } },
  screen: { label: 'Screen', options: { phone: 'Phone', desk: 'Desk' } },
  scheme: { label: 'Scheme', options: { light: 'Light', dark: 'Dark' } },
} as const;
type Chosen = Record<keyof typeof CHOICES, string>;

/** The payer's own page, drawn by the portal from what is typed, in a frame where nothing runs and nothing can be pressed. */
export function Preview({ draft: { name, accent, footer, logo } }: { draft: Draft }) {
  const [chosen, setChosen] = useState<Chosen>({ state: 'ready', screen: 'phone', scheme: 'light' });
  const form = useRef<HTMLFormElement>(null);
  // Each drawing has a frame of its own: what one frame shows after another would stand in the browser's history.
  const [round, setRound] = useState(0);
  const { state, screen, scheme } = chosen;
  const { src = '', width = '', height = '' } = logo ?? {};
  const sent = { state, scheme, name, accent, footer, src, width, height };
  const all = JSON.stringify(sent);
  useEffect(() => {
    const wait = setTimeout(() => all && setRound((before) => before + 1), WAIT_MS);
    return () => clearTimeout(wait);
  }, [all]);
  useEffect(() => {
    if (round > 0) form.current?.submit();
  }, [round]);
  const isDesk = screen === 'desk';
  return (
    <Card id="preview" title="What customers see">
      <form ref={form} method="post" action="/api/staff/branding/preview" target="branding-preview" hidden>
        {Object.entries(sent).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} />
        ))}
      </form>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {Object.entries(CHOICES).map(([field, { label, options }]) => (
          <Choice
            key={field}
            {...{ field, label, options }}
            value={chosen[field as keyof Chosen]}
            onChoose={(value) => setChosen((before) => ({ ...before, [field]: value }))}
          />
        ))}
      </div>
      <div
        className={cx(
          'mt-4 overflow-hidden rounded-lg border border-line',
          isDesk ? 'h-90 sm:h-150' : 'mx-auto h-275 max-w-[390px]',
        )}
      >
        <iframe
          key={round}
          name="branding-preview"
          title="Preview of the page that customers pay on"
          sandbox="allow-same-origin"
          className={isDesk ? 'h-250 w-240 origin-top-left scale-[0.36] sm:scale-60' : 'size-full'}
        />
      </div>
    </Card>
  );
}

type ChoiceProps = {
  field: string;
  label: string;
  options: Record<string, string>;
  value: string;
  onChoose: (value: string) => void;
};

const Choice = ({ field, label, options, value, onChoose }: ChoiceProps) => (
  <fieldset className="flex items-center gap-1 rounded-lg border border-line-strong p-0.5">
    <legend className="sr-only">{label}</legend>
    {Object.entries(options).map(([option, text]) => (
      <label
        key={option}
        className="flex min-h-9 cursor-pointer items-center rounded-md px-3 font-medium has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
      >
        <input
          type="radio"
          name={`preview-${field}`}
          className="sr-only"
          checked={option === value}
          onChange={() => onChoose(option)}
        />
        {text}
      </label>
    ))}
  </fieldset>
);
