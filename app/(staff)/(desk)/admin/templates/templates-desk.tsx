'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { AreaField, SelectField } from '@/app/_components/field';
import { directionOf, LOCALE_CODES, LOCALES, type Locale } from '@/core/messages';
import { MOST_SENTENCE, PLACEHOLDERS, SENTENCE_KINDS, type SentenceKind } from '@/core/own-sentence';
import type { MessagePreview, OwnSentence } from '@/lib/contracts/own-sentences';
import { useAct } from '../../_parts/use-act';
import { useUnsaved } from '../../_parts/use-unsaved';
import { save } from './actions';
import { Preview } from './preview';
import { usePreview } from './use-preview';

const KIND_WORDS: Record<SentenceKind, string> = {
  request: 'Payment link',
  reminder: 'Reminder',
  receipt: 'Receipt',
};

type Kept = Record<string, OwnSentence>;
const keyOf = (kind: SentenceKind, locale: Locale): string => `${kind} ${locale}`;
const keptOf = (sentences: readonly OwnSentence[]): Kept =>
  Object.fromEntries(sentences.map((one) => [keyOf(one.kind, one.locale), one]));

type Props = { sentences: OwnSentence[]; locale: Locale; first: MessagePreview | null };

/** Each message in each language: what it says, and the sentence that is added. What is typed stays while one looks at others. */
export function TemplatesDesk({ sentences, locale: own, first }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(['templates']);
  const [[kind, locale], choose] = useState<[SentenceKind, Locale]>(['request', own]);
  const [seen, setSeen] = useState<Kept>(() => keptOf(sentences));
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const [conflict, setConflict] = useState('');
  const key = keyOf(kind, locale);
  const now = keptOf(sentences)[key];
  const draft = drafts[key] ?? seen[key]?.text ?? '';
  const isChanged = Object.entries(drafts).some(([one, text]) => text.trim() !== (seen[one]?.text ?? ''));
  const isThisChanged = draft.trim() !== (seen[key]?.text ?? '');
  const { preview, problem } = usePreview({ kind, locale, text: draft.trim() || null }, first);
  useUnsaved(isChanged);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const version = (conflict === key ? now : seen[key])?.version ?? 0;
    const work = async () => {
      const saved = await save({ kind, locale, text: draft.trim() || null, version });
      if (saved.ok) {
        setSeen((before) => ({ ...before, [key]: saved.value }));
        setDrafts(({ [key]: _saved, ...others }) => others);
        setConflict('');
      } else if (saved.error.code === 'version_mismatch') setConflict(key);
      return saved;
    };
    act(work, 'Saved. New messages have it at once.', router.refresh, () => router.refresh());
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-2">
      <Card id="sentence" title="Your sentence">
        <form onSubmit={submit} aria-busy={pending} className="space-y-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              name="kind"
              label="Message"
              value={kind}
              onChange={({ target }) =>
                choose([SENTENCE_KINDS.find((one) => one === target.value) ?? kind, locale])
              }
            >
              {SENTENCE_KINDS.map((one) => (
                <option key={one} value={one}>
                  {KIND_WORDS[one]}
                </option>
              ))}
            </SelectField>
            <SelectField
              name="language"
              label="Language"
              value={locale}
              onChange={({ target }) =>
                choose([kind, LOCALE_CODES.find((one) => one === target.value) ?? locale])
              }
            >
              {LOCALE_CODES.map((one) => (
                <option key={one} value={one}>
                  {LOCALES[one]}
                </option>
              ))}
            </SelectField>
          </div>
          <AreaField
            name="text"
            label="Sentence"
            optional
            dir={directionOf(locale)}
            lang={locale}
            value={draft}
            maxLength={MOST_SENTENCE}
            onChange={({ target }) => setDrafts((before) => ({ ...before, [key]: target.value }))}
            error={
              problem ?? (conflict === key ? `Somebody else has saved “${now?.text ?? ''}”.` : undefined)
            }
            hint={`Plain text without addresses or numbers. ${PLACEHOLDERS.map((name) => `{${name}}`).join(' and ')} are filled in; where one is not known, the sentence is left out. ${draft.length} of ${MOST_SENTENCE} characters.`}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button
              type="submit"
              disabled={pending || !isThisChanged || problem !== undefined}
              className="max-sm:w-full"
            >
              {pending ? 'Saving…' : conflict === key ? 'Save mine' : 'Save'}
            </Button>
            {isChanged && <p className="text-sm text-muted">Not saved yet.</p>}
          </div>
        </form>
      </Card>
      <Preview preview={preview} locale={locale} />
    </div>
  );
}
