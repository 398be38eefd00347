import { describe, expect, it } from 'vitest';
import { formatList, formatText } from './plain-text.ts';

describe('formatText', () => {
  it.each([
    ['One.\n\nTwo.', '<p>One.</p><p>Two.</p>'],
    ['One\nmore', '<p>One<br>more</p>'],
    [
      'You will:\n- care\n* watch\n• write\n\nThanks',
      '<p>You will:</p><ul><li>care</li><li>watch</li><li>write</li></ul><p>Thanks</p>',
    ],
    ['1. first\n2) second', '<ul><li>first</li><li>second</li></ul>'],
    ['- a\nthen text\n- b', '<ul><li>a</li></ul><p>then text</p><ul><li>b</li></ul>'],
    ['a\r\n \t\r\nb', '<p>a</p><p>b</p>'],
    ['', ''],
    ['\n\n\n', ''],
    ['-not a bullet', '<p>-not a bullet</p>'],
  ])('%j', (text, html) => {
    expect(formatText(text).html).toBe(html);
  });

  it('is text, whatever it looks like', () => {
    const { html } = formatText('<script>alert("x")</script>\n\n- <img src=x onerror=y> & \'z\'');
    expect(html).toBe(
      '<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p><ul><li>&lt;img src=x onerror=y&gt; &amp; &#39;z&#39;</li></ul>',
    );
  });

  it('is quick on hostile input', () => {
    const started = process.cpuUsage();
    formatText(`${' '.repeat(20_000)}x`);
    formatText('\n \t'.repeat(7_000));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(200);
  });
});

describe('formatList', () => {
  it('escapes its items', () => {
    expect(formatList(['<b>', 'c']).html).toBe('<ul><li>&lt;b&gt;</li><li>c</li></ul>');
  });
});
