import { expect, test } from 'vitest';
import { day } from './job-facts.ts';

test.each(['2026-11-21', '2026-11-21T23:59:59Z'])('visitors read %s as the console writes it', (iso) => {
  expect(day(iso).html).toBe('<time datetime="2026-11-21">21 Nov 2026</time>');
});
