import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import { createElement, Fragment, type ReactElement, type ReactNode } from 'react';
import type { FontName } from './scripts';
import { register } from './type';
import { type Fact, present, type Receipt } from './words';

const [INK, SOFT, LINE] = ['#1b1c1f', '#5a5d66', '#dedfe3'];
const s = StyleSheet.create({
  page: { padding: 48, paddingBottom: 60, fontSize: 10, lineHeight: 1.5, color: INK },
  head: { flexDirection: 'row', justifyContent: 'space-between', gap: 24, marginBottom: 28 },
  title: { fontSize: 20, fontWeight: 700, lineHeight: 1.25 },
  merchant: { fontWeight: 700 },
  soft: { color: SOFT },
  about: { maxWidth: 240, alignItems: 'flex-end', textAlign: 'right' },
  amount: { fontSize: 24, fontWeight: 700, lineHeight: 1.25 },
  test: { borderWidth: 1, borderColor: INK, padding: 4, marginBottom: 16, textAlign: 'center' },
  part: { marginTop: 20 },
  rule: { borderTopWidth: 1, borderTopColor: LINE, paddingTop: 4, marginTop: 4 },
  row: { flexDirection: 'row', justifyContent: 'space-between', gap: 16, paddingVertical: 2 },
  label: { flex: 1, color: SOFT },
  value: { flexShrink: 1, maxWidth: '70%', textAlign: 'right' },
  sum: { flexShrink: 0, textAlign: 'right' },
  foot: { position: 'absolute', top: 800, left: 48, right: 48, fontSize: 8, color: SOFT },
});

const LONGEST_WORD = 24;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Where a line may end inside a word: between characters of Japanese, and in what is too long for a line. No hyphen is put there. */
const pieces = (word: string): string[] =>
  CJK.test(word) || word.length > LONGEST_WORD ? [...word].flatMap((char) => [char, '']) : [word];

/** Rows may be alike: each is known by its place. */
const each = <T,>(rows: readonly T[], make: (row: T) => ReactElement) =>
  createElement(Fragment, null, ...rows.map(make));

function Row({ label, value, size = s.value }: Fact & { size?: typeof s.value | typeof s.sum }) {
  return (
    <View style={s.row} wrap={false}>
      <Text style={s.label}>{label}</Text>
      <Text style={size}>{value}</Text>
    </View>
  );
}

function Part({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <View style={s.part}>
      {title && <Text style={s.merchant}>{title}</Text>}
      <View style={s.rule}>{children}</View>
    </View>
  );
}

function Items({ title, rows, sums }: NonNullable<Receipt['items']>) {
  return (
    <Part title={title}>
      {each(rows, ({ description, detail, tax, amount }) => (
        <View style={s.row} wrap={false}>
          <View style={{ flex: 1 }}>
            <Text>{description}</Text>
            <Text style={s.soft}>{tax ? `${detail} · ${tax}` : detail}</Text>
          </View>
          <Text style={s.sum}>{amount}</Text>
        </View>
      ))}
      <View style={s.rule}>
        {each(sums, (sum) => (
          <Row {...sum} size={s.sum} />
        ))}
      </View>
    </Part>
  );
}

const within = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ');

function Sheet({ receipt, fonts }: { receipt: Receipt; fonts: string[] }) {
  const { title, number, merchant, about, heading, amount, facts, date, card, items, payments } = receipt;
  const foot = within(merchant, `${number.label} ${number.value}`);
  return (
    <Document
      title={within(title, merchant, number.value)}
      author={merchant}
      creator="Counterfoil"
      producer="Counterfoil"
      language={receipt.locale}
      pdfVersion="1.7"
    >
      <Page size="A4" style={{ ...s.page, fontFamily: fonts }}>
        {receipt.testMode && <Text style={s.test}>{receipt.testMode}</Text>}
        <View style={s.head}>
          <Text style={s.title}>{title}</Text>
          <View style={s.about}>
            <Text style={s.merchant}>{merchant}</Text>
            <Text style={s.soft}>{about.join('\n')}</Text>
          </View>
        </View>
        <Text style={s.merchant}>{heading}</Text>
        <Text style={s.amount}>{amount}</Text>
        <Part>
          {each(present([number, ...facts, date, card]), (one) => (
            <Row {...one} />
          ))}
        </Part>
        {items && <Items {...items} />}
        {!receipt.isWhole && (
          <Part title={payments.title}>
            {each(payments.rows, (one) => (
              <Row label={within(one.at, one.card)} value={one.amount} size={s.sum} />
            ))}
          </Part>
        )}
        {(receipt.refunds.length > 0 || receipt.balance) && (
          <Part>
            {each(receipt.refunds, (one) => (
              <Row label={within(one.label, one.at)} value={one.value} size={s.sum} />
            ))}
            {receipt.balance && <Row {...receipt.balance} size={s.sum} />}
          </Part>
        )}
        <Text
          style={s.foot}
          fixed
          render={({ pageNumber, totalPages }) => within(foot, `${pageNumber} / ${totalPages}`)}
        />
      </Page>
    </Document>
  );
}

Font.registerHyphenationCallback(pieces);

/** Our type draws thin spaces, as French amounts have them, and signs of direction as strokes. */
const printable = (receipt: Receipt): Receipt =>
  JSON.parse(
    JSON.stringify(receipt)
      .replace(/[\u2000-\u200a\u202f\u205f]/g, '\u00a0')
      .replace(/\p{Cf}/gu, ''),
  );

/** A receipt as a PDF of A4 pages with text in it, in type of its own. For few lines tens of milliseconds, for many seconds: not in a server's own thread. */
export async function receiptPdf(receipt: Receipt, fonts: FontName[]): Promise<Uint8Array> {
  for (const name of fonts) register(name);
  return renderToBuffer(<Sheet receipt={printable(receipt)} fonts={fonts} />);
}
