const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
/** No leap seconds: JavaScript's dates do not know them. Zones as far as the database can reckon. */
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:z|[+-](?:0\d|1[0-5]):[0-5]\d)$/i;

/** A day of the calendar that both JavaScript and the database have: there is no year 0 and no 30th of February. */
export function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || year === 0) return false;
  const there = new Date(0);
  there.setUTCFullYear(year, month - 1, day);
  return there.getUTCMonth() === month - 1 && there.getUTCDate() === day;
}

/** A time of the day with its zone. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** A moment: date, time and zone. */
export function isDateTime(text: string): boolean {
  return /^t$/i.test(text.charAt(10)) && isDate(text.slice(0, 10)) && isTime(text.slice(11));
}
