import type Stripe from 'stripe';
import { invalid } from './errors.ts';

/** Metadata with changes merged in: an empty value takes its key away, '' for all of it clears it. */
export function merged(before: Stripe.Metadata | null | undefined, changes: unknown): Stripe.Metadata {
  if (changes === undefined) return before ?? {};
  if (changes === '' || changes === null) return {};
  const result: Stripe.Metadata = { ...before };
  for (const [key, value] of Object.entries(changes as Record<string, unknown>)) {
    if (key.length > 40) throw invalid('Metadata keys can have up to 40 characters.', `metadata[${key.slice(0, 60)}]`);
    const text = String(value ?? '');
    if (text.length > 500) throw invalid('Metadata values can have up to 500 characters.', `metadata[${key}]`);
    if (text === '') delete result[key];
    else result[key] = text;
  }
  if (Object.keys(result).length > 50) throw invalid('Metadata can have up to 50 keys.', 'metadata');
  return result;
}

/** `value` where the parameter was given: '' means none. */
export function given<T, D>(value: T | '' | null | undefined, before: D): T | D | null {
  if (value === undefined) return before;
  return value === '' || value === null ? null : value;
}
