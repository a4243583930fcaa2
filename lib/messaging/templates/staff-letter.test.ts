import { expect, test } from 'vitest';
import { STAFF_LETTERS } from '../staff-letter';
import { staffLetterMail } from './staff-letter';

test.each(STAFF_LETTERS)(
  'a letter to staff loads nothing, has one link, and a name is text: %s',
  async (letter) => {
    const url = 'https://portal.example/set-password#secret';
    const who = { name: '<b>Ida</b>', email: 'ida@juniper.example', role: 'agent' } as const;
    const mail = await staffLetterMail(letter, { merchant: 'Juniper <1>', url, ...who });
    expect(mail.html.match(/(?:src|href)="([^"]+)"/g)).toEqual([`href="${url}"`]);
    expect(mail.html).not.toMatch(/<img|<script|url\(|<b>/i);
    expect(mail.text).toContain(url);
    for (const body of [mail.html, mail.text]) expect(body).toContain('ida@juniper.example');
  },
);
