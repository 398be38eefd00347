export interface AuditFilter {
  /** An id, or `all`. */
  plugin: string;
  action: string;
  from: string;
  to: string;
}

export const NO_FILTER: AuditFilter = { plugin: 'all', action: '', from: '', to: '' };
const PAGE_SIZE = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the query of an address asks for; what is no filter is left out. */
export function filterIn(query: string): AuditFilter {
  const given = new URLSearchParams(query);
  const day = (name: string) => {
    const value = given.get(name) ?? '';
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';
  };
  return {
    plugin: given.get('plugin') || NO_FILTER.plugin,
    action: given.get('action') ?? '',
    from: day('from'),
    to: day('to'),
  };
}

/** The filter as an address has it: empty, or begun with `?`. */
export function filterQuery(filter: AuditFilter): string {
  const query = new URLSearchParams();
  for (const name of ['plugin', 'action', 'from', 'to'] as const) {
    if (filter[name] !== NO_FILTER[name]) query.set(name, filter[name]);
  }
  return query.size === 0 ? '' : `?${query}`;
}

/** A day chosen by the person → the moment it begins where they are, or, `after`, the next one does. */
function dayBoundary(day: string, after = false): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, after ? date + 1 : date).toISOString();
}

/** The query string of one page of the log. */
export function auditQuery({ plugin, action, from, to }: AuditFilter, cursor?: string): string {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
  if (plugin !== 'all') query.set('plugin', plugin);
  if (action.trim() !== '') query.set('action', action.trim());
  if (from !== '') query.set('from', dayBoundary(from));
  if (to !== '') query.set('to', dayBoundary(to, true));
  if (cursor !== undefined) query.set('cursor', cursor);
  return query.toString();
}
