import { describe, expect, it } from 'vitest';
import { domainOf, readDomain } from './domain.ts';

describe('domains', () => {
  it.each([
    ['Acme.TEST', 'acme.test'],
    [' mail.acme.co.uk ', 'mail.acme.co.uk'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['localhost', null],
    ['127.0.0.1', null],
    ['[::1]', null],
    ['acme.test:80', null],
    ['acme.test/x', null],
    ['a@acme.test', null],
    ['-acme.test', null],
    ['acme..test', null],
    ['acme.test.', null],
    ['', null],
    ["acme.test' or 1=1", null],
  ])('reads %j as %j', (text, domain) => {
    expect(readDomain(text)).toBe(domain);
  });

  it.each([
    ['ada@acme.test', 'acme.test'],
    ['"a@b"@ACME.test', 'acme.test'],
    ['acme.test', null],
    ['@acme.test', null],
    ['ada@', null],
  ])('the domain of %j is %j', (email, domain) => {
    expect(domainOf(email)).toBe(domain);
  });
});
