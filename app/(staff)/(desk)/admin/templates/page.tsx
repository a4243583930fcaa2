import type { Metadata } from 'next';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { asLocale } from '@/core/messages';
import { listOwnSentences, previewMessage } from '@/lib/own-sentences';
import { NoPermission } from '../../_parts/no-permission';
import { PageHead } from '../money/_parts/page-head';
import { TemplatesDesk } from './templates-desk';

export const metadata: Metadata = { title: 'Message templates' };

export default async function TemplatesPage() {
  const { ctx, session } = await staffCtx();
  const sentences = await listOwnSentences(ctx);
  if (!sentences.ok)
    return sentences.error.code === 'forbidden' ? (
      <NoPermission what="setting what messages say" />
    ) : (
      <Notice tone="bad">{sentences.error.message}</Notice>
    );
  const locale = asLocale(session.merchant.locale) ?? 'en';
  const text = sentences.value.find((one) => one.kind === 'request' && one.locale === locale)?.text ?? null;
  const first = await previewMessage(ctx, { kind: 'request', locale, text });
  return (
    <>
      <PageHead title="Message templates">
        <p>
          What customers read by SMS and e-mail. The words are ours, in ten languages; you can add a sentence
          of your own to each.
        </p>
      </PageHead>
      <TemplatesDesk sentences={sentences.value} locale={locale} first={first.ok ? first.value : null} />
    </>
  );
}
