import { Card } from '@/app/_components/card';
import { directionOf, type Locale } from '@/core/messages';
import type { MessagePreview } from '@/lib/contracts/own-sentences';

/** How many characters one part of an SMS holds, and a part of several. */
const ROOM = { gsm7: [160, 153], ucs2: [70, 67] } as const;
const ALPHABETS = { gsm7: 'GSM-7', ucs2: 'UCS-2' } as const;

type Props = { preview: MessagePreview | null; locale: Locale };

/** What a made-up customer reads, and what the SMS costs. */
export function Preview({ preview, locale }: Props) {
  const written = { dir: directionOf(locale), lang: locale };
  return (
    <Card id="preview" title="What customers read">
      {preview === null ? (
        <p className="text-muted">Not drawn yet.</p>
      ) : (
        <div className="space-y-5">
          {preview.sms && <Sms sms={preview.sms} written={written} />}
          <section aria-labelledby="mail" className="space-y-2">
            <h3 id="mail" className="font-medium">
              E-mail
            </h3>
            <div {...written} className="rounded-lg bg-sunken px-4 py-3">
              <p className="font-semibold">{preview.mail.subject}</p>
              <p className="mt-2 break-words whitespace-pre-line">{preview.mail.text}</p>
            </div>
          </section>
          <p className="text-sm text-muted">Name, amount, reference and address are made up.</p>
        </div>
      )}
    </Card>
  );
}

type SmsProps = { sms: NonNullable<MessagePreview['sms']>; written: { dir: string; lang: string } };

function Sms({ sms: { text, alphabet, units, segments }, written }: SmsProps) {
  const [one, part] = ROOM[alphabet];
  const room = segments === 1 ? one : segments * part;
  return (
    <section aria-labelledby="sms" className="space-y-2">
      <h3 id="sms" className="font-medium">
        SMS
      </h3>
      <p {...written} className="rounded-lg bg-sunken px-4 py-3 break-words whitespace-pre-line">
        {text}
      </p>
      <p role="status" className="text-sm text-muted tabular-nums">
        {units} of {room} characters in {ALPHABETS[alphabet]}: costs{' '}
        {segments === 1 ? '1 SMS' : `${segments} SMS`}.
        {alphabet === 'ucs2' && ' Only some alphabets fit the cheaper GSM-7.'}
      </p>
    </section>
  );
}
