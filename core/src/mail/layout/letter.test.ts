import { expect, test } from 'vitest';
import { type MailTemplateName, TEMPLATES } from '../templates/index.ts';
import { renderLetter, withoutControls } from './letter.ts';

const HOSTILE = '<img src=x onerror=alert(1)>"\'&\r\nBcc: victim@example.test';

test('whatever is filled in stays text in both bodies, and the subject one line', () => {
  const letter = renderLetter(
    {
      subject: `Hello ${HOSTILE}`,
      body: [HOSTILE, { code: HOSTILE }, { facts: [[HOSTILE, HOSTILE]] }, { note: HOSTILE }],
    },
    'en',
  );
  expect(letter.subject).not.toMatch(/[\r\n]/);
  expect(letter.html).not.toMatch(/<img|onerror=alert\(1\)>/);
  expect(letter.html.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;/g)).toHaveLength(7);
  expect(letter.text).toContain('<img src=x');
});

test.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'mailto:a@b.test', ''])(
  'a button does not lead to %j',
  (href) => {
    expect(() => renderLetter({ subject: 's', body: [{ button: 'Go', href }] }, 'en')).toThrow();
  },
);

test('an address in a button cannot end its attribute', () => {
  const { html } = renderLetter(
    { subject: 's', body: [{ button: 'Go', href: 'https://x.test/?a="onmouseover="x&b=1' }] },
    'en',
  );
  expect(html).not.toContain('"onmouseover="');
});

test('controls, line separators and changes of direction do not travel', () => {
  expect(withoutControls(' a\r\nb\u0000c\u2028d\u202ee ')).toBe('a b c d e');
  expect(withoutControls('Zoë 🐎 株式会社')).toBe('Zoë 🐎 株式会社');
});

/** Anything a template may ask for: text where it writes text, an address where it links. */
const anything = new Proxy({} as Record<string, unknown>, {
  get: (_values, name) =>
    /^(link|href|platform|forgotten|signIn|url|pay|invoice)/i.test(String(name))
      ? 'https://bazaar.test/x'
      : 'something',
});

test.each(Object.keys(TEMPLATES) as MailTemplateName[])('%s says something in both languages', (name) => {
  const template = TEMPLATES[name] as { name: string; en(values: unknown): never; de(values: unknown): never };
  expect(template.name).toBe(name);
  const texts = (['en', 'de'] as const).map((locale) => {
    try {
      return renderLetter(template[locale](anything), locale);
    } catch (error) {
      // Its values are of another shape (amounts, lists): it has tests of its own.
      if (error instanceof TypeError || error instanceof RangeError) return null;
      throw error;
    }
  });
  const [english, german] = texts;
  if (english && german) expect(german.text).not.toBe(english.text);
});
