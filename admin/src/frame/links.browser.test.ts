import { expect, test } from 'vitest';
import { type LinkTarget, targetOf } from './links.ts';

const here = `${window.location.origin}/toy/things?page=2`;

function click(attributes: Record<string, string>, init: MouseEventInit = {}): LinkTarget | null {
  const link = document.createElement('a');
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
  const text = document.createElement('span');
  link.append(text);
  document.body.append(link);
  let target: LinkTarget | null = null;
  const listener = (event: MouseEvent) => {
    target = targetOf(event, here);
    event.preventDefault();
  };
  document.addEventListener('click', listener);
  text.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...init }));
  document.removeEventListener('click', listener);
  link.remove();
  return target;
}

const shell = (path: string) => ({ kind: 'shell', path });
const elsewhere = (url: string) => ({ kind: 'elsewhere', url });

test.each([
  ['a page of the shell', { href: '/job-board/jobs?x=1' }, shell('/job-board/jobs?x=1')],
  ['another query', { href: '?page=3' }, shell('/toy/things?page=3')],
  ['a sibling', { href: 'other' }, shell('/toy/other')],
  ['the top of the window', { href: '/tasks', target: '_top' }, shell('/tasks')],
  ['a place on the page', { href: '#below' }, null],
  ['a file', { href: 'blob:x', download: '' }, null],
  ['no address', {}, null],
  ['a tab of its own', { href: '/tasks', target: '_blank' }, elsewhere(`${window.location.origin}/tasks`)],
  ['a public page', { href: '/t/acme/jobs' }, elsewhere(`${window.location.origin}/t/acme/jobs`)],
  ['another site', { href: 'https://example.test/x' }, elsewhere('https://example.test/x')],
  ['a letter', { href: 'mailto:a@b.test' }, elsewhere('mailto:a@b.test')],
  ['code', { href: 'javascript:alert(1)' }, elsewhere('javascript:alert(1)')],
])('%s', (_name, attributes, target) => {
  expect(click(attributes as Record<string, string>)).toEqual(target);
});

test('with a key held down, a page of the shell opens in a tab of its own', () => {
  expect(click({ href: '/tasks' }, { ctrlKey: true })).toEqual(elsewhere(`${window.location.origin}/tasks`));
});
