import { expect, test } from 'vitest';
import { contentDisposition, downloadHeaders } from './content-disposition.ts';

test.each([
  ['cv.pdf', 'attachment; filename="cv.pdf"'],
  ['Müller CV.pdf', 'attachment; filename="Muller CV.pdf"; filename*=UTF-8\'\'M%C3%BCller%20CV.pdf'],
  ['a"b\\c;d%e.pdf', 'attachment; filename="a_b_c_d_e.pdf"; filename*=UTF-8\'\'a%22b%5Cc%3Bd%25e.pdf'],
  ["it's (1)*.pdf", 'attachment; filename="it\'s (1)*.pdf"'],
  ["läuft's.pdf", "attachment; filename=\"lauft's.pdf\"; filename*=UTF-8''l%C3%A4uft%27s.pdf"],
  ['履歴書.pdf', 'attachment; filename="___.pdf"; filename*=UTF-8\'\'%E5%B1%A5%E6%AD%B4%E6%9B%B8.pdf'],
  ['x\r\nSet-Cookie: a', 'attachment; filename="x__Set-Cookie: a"; filename*=UTF-8\'\'x%0D%0ASet-Cookie%3A%20a'],
])('%j', (name, expected) => {
  expect(contentDisposition(name)).toBe(expected);
});

const info = { id: 'i', name: 'a.svg', type: 'image/svg+xml', size: 12, sha256: '', createdAt: '' };

test.each([
  ['image/svg+xml', 'application/octet-stream'],
  ['text/html', 'application/octet-stream'],
  ['text/plain', 'text/plain; charset=utf-8'],
  ['application/pdf', 'application/pdf'],
])('a download of %s is sent as %s, never to be shown in place', (type, sent) => {
  const headers = downloadHeaders({ ...info, type });
  expect(headers['Content-Type']).toBe(sent);
  expect(headers['Content-Disposition']).toMatch(/^attachment;/);
});
