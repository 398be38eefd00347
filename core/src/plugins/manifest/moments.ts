const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** Every month has it. */
const SURE_DAY = '28';
/** No leap seconds: JavaScript's dates do not know them. Time zones as far as PostgreSQL accepts them. */
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:z|[+-](?:0\d|1[0-5]):[0-5]\d)$/i;

/** A day of the calendar that both JavaScript and the database have: there is no year 0 and no 30th of February. */
export function isDate(text: string): boolean {
  if (!DATE.test(text) || text.startsWith('0000')) return false;
  const day = text.slice(8);
  // The 31st of a month of thirty days is the 1st of the next.
  return day <= SURE_DAY || new Date(text).getUTCDate() === Number(day);
}

/** A time of the day with its zone. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** A moment: date, time and zone. */
export function isDateTime(text: string): boolean {
  return /^t$/i.test(text.charAt(10)) && isDate(text.slice(0, 10)) && isTime(text.slice(11));
}
