'use client';
import { type ChangeEvent, useState } from 'react';
import { Button } from '@/app/_components/button';
import { AreaField, Field, TextField } from '@/app/_components/field';
import { LOGO_TYPES, type Logo, MOST_FOOTER, MOST_LOGO_BYTES, MOST_NAME } from '@/lib/contracts/branding';
import { readPicture } from './actions';
import { accentHint, type Draft, judgeAccent, type Problems } from './draft';

type Props = { draft: Draft; set: (part: Partial<Draft>) => void; problems: Problems };

export const BrandingFields = ({ draft, set, problems }: Props) => (
  <>
    <TextField
      name="name"
      label="Name"
      value={draft.name}
      onChange={(event) => set({ name: event.target.value })}
      maxLength={MOST_NAME}
      autoComplete="off"
      error={problems.name}
      hint="On every page, SMS and e-mail."
    />
    <LogoField logo={draft.logo} set={set} problem={problems.logo} />
    <AccentField accent={draft.accent} set={set} problem={problems.accent} />
    <AreaField
      name="footer"
      label="Footer"
      optional
      value={draft.footer}
      onChange={(event) => set({ footer: event.target.value })}
      maxLength={MOST_FOOTER}
      error={problems.footer}
      hint={`Plain text below the page and your e-mails, like a company number. ${draft.footer.length} of ${MOST_FOOTER} characters.`}
    />
  </>
);

type LogoProps = { logo: Logo | null; set: Props['set']; problem: string | undefined };

/** A picture is read as soon as it is chosen: what is wrong with it is said at once. */
function LogoField({ logo, set, problem }: LogoProps) {
  const [refused, setRefused] = useState<string>();
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    target.value = '';
    if (!file) return;
    if (file.size > MOST_LOGO_BYTES) return setRefused('The file is larger than 200 kB');
    const read = await readPicture(file).catch(() => null);
    if (read?.ok) {
      setRefused(undefined);
      set({ logo: read.value, file });
    } else
      setRefused(
        read ? `The file ${read.error.errors?.[0]?.message ?? ''}`.trim() : 'The portal does not answer.',
      );
  };
  const error = refused ?? problem;
  return (
    <Field
      name="logo"
      label="Logo"
      optional
      error={error}
      hint="PNG, JPEG or WebP, at most 200 kB. It is shown up to 200 by 40 pixels, on white in the dark."
    >
      <div className="flex flex-wrap items-center gap-3">
        {logo && (
          <span className="rounded-lg border border-line bg-[#fff] p-2">
            {/* biome-ignore lint/performance/noImgElement: a small picture as it is served */}
            <img src={logo.src} width={logo.width} height={logo.height} alt="Your logo" />
          </span>
        )}
        <input
          type="file"
          id="logo"
          accept={LOGO_TYPES.join()}
          onChange={(event) => void choose(event)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'logo-error logo-hint' : 'logo-hint'}
          className="min-h-10 max-w-full text-sm file:me-3 file:min-h-10 file:rounded-lg file:border file:border-line-strong file:bg-surface file:px-4 file:font-medium file:text-ink"
        />
        {logo && (
          <Button kind="quiet" onClick={() => set({ logo: null, file: null })}>
            Take it away
          </Button>
        )}
      </div>
    </Field>
  );
}

type AccentProps = { accent: string; set: Props['set']; problem: string | undefined };

function AccentField({ accent, set, problem }: AccentProps) {
  const judged = judgeAccent(accent);
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <TextField
            name="accent"
            label="Colour"
            optional
            value={accent}
            onChange={(event) => set({ accent: event.target.value.trim().toLowerCase() })}
            placeholder="#1d4ed8"
            maxLength={7}
            autoComplete="off"
            spellCheck={false}
            error={problem ?? judged?.problem}
            hint={accentHint(accent)}
          />
        </div>
        <input
          type="color"
          aria-label="Choose a colour"
          value={/^#[0-9a-f]{6}$/.test(accent) ? accent : '#14532d'}
          onChange={(event) => set({ accent: event.target.value })}
          className="mt-7 h-10 w-14 cursor-pointer rounded-lg border border-line-strong bg-surface p-1"
        />
      </div>
      {judged?.nearest && (
        <Button kind="secondary" onClick={() => set({ accent: judged.nearest ?? '' })}>
          Use {judged.nearest}, the nearest that is seen
        </Button>
      )}
    </div>
  );
}
