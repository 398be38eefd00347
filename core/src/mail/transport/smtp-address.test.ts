import { expect, test } from 'vitest';
import { readSender, readSmtpUrl } from './smtp-address.ts';

test.each([
  ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, secure: false, requireTls: true }],
  ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, secure: true, requireTls: false }],
  ['smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525, secure: false, requireTls: false }],
  ['smtp://[::1]:25', { host: '::1', port: 25, secure: false, requireTls: false }],
  ['smtp://relay:25?starttls=optional', { host: 'relay', port: 25, secure: false, requireTls: false }],
  [
    'smtp://me%40x.test:p%2Fw@mail.example.org:2587',
    { host: 'mail.example.org', port: 2587, secure: false, requireTls: true, user: 'me@x.test', password: 'p/w' },
  ],
])('%s', (url, server) => {
  expect(readSmtpUrl(url)).toEqual(server);
});

test.each(['', 'mail.example.org', 'http://mail.example.org', 'smtp://', 'smtp://a:%zz@b.test'])(
  'refuses %s',
  (url) => {
    expect(() => readSmtpUrl(url)).toThrow('BAZAAR_SMTP_URL');
  },
);

test('the sender is an address with or without a name', () => {
  expect(readSender('Bazaar GmbH <no-reply@example.org>')).toEqual({
    address: 'no-reply@example.org',
    name: 'Bazaar GmbH',
  });
  expect(readSender('no-reply@example.org')).toEqual({ address: 'no-reply@example.org', name: '' });
  for (const wrong of ['', 'Bazaar', 'a@b.test, c@d.test', 'A <a@b.test>\r\nBcc: x@y.test', '<a@b.test> more']) {
    expect(() => readSender(wrong)).toThrow('BAZAAR_MAIL_FROM');
  }
});
