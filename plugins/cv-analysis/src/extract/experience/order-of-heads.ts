import { readPlace } from '../places.ts';
import type { PositionHead } from './position-head.ts';

/** The head of a position with the lines it was read from. */
export interface WrittenHead {
  head: PositionHead;
  texts: readonly string[];
}

type Order = 'title first' | 'company first';

function orderOf({ head: { title, company }, texts }: WrittenHead): Order | null {
  if (title === null || company === null || title === company) return null;
  const text = texts.join('\n');
  const [titled, employed] = [text.indexOf(title), text.indexOf(company)];
  if (titled < 0 || employed < 0) return null;
  return titled < employed ? 'title first' : 'company first';
}

/** The order in which nearly all heads name title and employer, as far as their words tell which is which. */
function usualOrder(heads: readonly WrittenHead[]): Order | null {
  const orders = heads
    .filter(({ head }) => head.isTitleSure || head.isCompanySure)
    .map(orderOf)
    .filter((order) => order !== null);
  const first = orders.filter((order) => order === 'title first').length;
  if (orders.length === 0) return null;
  if (first >= orders.length * 0.75) return 'title first';
  return first <= orders.length * 0.25 ? 'company first' : null;
}

/**
 * Heads whose words do not tell title from employer ("Under-Keeper, Balnagown") follow the order of the other heads of
 * the same CV.
 */
export function inUsualOrder(heads: readonly WrittenHead[]): PositionHead[] {
  const usual = usualOrder(heads);
  return heads.map((written) => {
    const { head } = written;
    if (usual === null || head.isTitleSure || head.isCompanySure) return head;
    const order = orderOf(written);
    if (order !== null) return order === usual ? head : { ...head, title: head.company, company: head.title };
    return usual === 'title first' && head.title === null ? withTitleFirst(head) : head;
  });
}

/** "Under-Keeper, Balnagown": what seemed an employer and its place are title and employer. */
function withTitleFirst(head: PositionHead): PositionHead {
  const isName = head.location !== null && readPlace(head.location) === null;
  return isName ? { ...head, title: head.company, company: head.location, location: null } : head;
}
