import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { linkOf, Router } from './router.ts';

const base = `${window.location.origin}/job-board/jobs`;
const here = window.location.href;
let anchor: HTMLAnchorElement;
let last: { event: MouseEvent; url: URL | null } | null;

/** Decides on the click, and keeps the test's page where it is. */
function decide(event: MouseEvent): void {
  last = { event, url: linkOf(event, base) };
  event.preventDefault();
}

beforeEach(() => {
  last = null;
  anchor = document.createElement('a');
  document.body.append(anchor);
  document.body.addEventListener('click', decide);
});
afterEach(() => {
  anchor.remove();
  document.body.removeEventListener('click', decide);
  history.replaceState(null, '', here);
});

function click(href: string, init: MouseEventInit = {}): string | null {
  anchor.href = href;
  anchor.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...init }));
  return last?.url ? last.url.pathname + last.url.search : null;
}

test.each([
  ['/tasks', '/tasks'],
  ['/admin/plugins?tab=x', '/admin/plugins?tab=x'],
  ['/team', '/team'],
])('a click on %s stays inside', (href, target) => {
  expect(click(href)).toBe(target);
});

test.each(['https://example.com/tasks', '/t/acme/jobs/nurse', '/api/openapi.json', '/ui/x.js', 'mailto:a@b.test'])(
  'a click on %s is the browser’s',
  (href) => {
    expect(click(href)).toBeNull();
  },
);

test.each([{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { button: 1 }])(
  'so is one meant for another tab %j',
  (init) => {
    expect(click('/tasks', init)).toBeNull();
  },
);

test('and one for a new window or a download', () => {
  anchor.target = '_blank';
  expect(click('/tasks')).toBeNull();
  anchor.target = '';
  anchor.download = 'x';
  expect(click('/tasks')).toBeNull();
});

test('navigating tells listeners, replaces where asked, and refuses other sites', () => {
  const router = new Router(window);
  const seen: string[] = [];
  const undo = router.onChange(({ pathname, query }) => seen.push(`${pathname}?${query}`));
  const push = vi.spyOn(history, 'pushState');
  router.navigate('/tasks/?a=1');
  router.navigate('/admin', { replace: true });
  expect(push).toHaveBeenCalledTimes(1);
  undo();
  router.navigate('/later');
  expect(seen).toEqual(['/tasks?a=1', '/admin?']);
  expect(() => router.navigate('https://evil.test/')).toThrow('outside');
  expect(() => router.navigate('//evil.test/')).toThrow('outside');
});
