import { entriesOf, VOCABULARIES } from '../../lexicon/vocabularies/index.ts';
import type { Line } from '../lines.ts';
import { isUpperCase, squash, words } from '../text-cleaning.ts';
import { HEADING_ADJECTIVES, HEADINGS, type Topic, WEAK_HEADINGS } from './heading-words.ts';

/** Where languages share a word, the first to name it decides. */
const TOPICS: ReadonlyMap<string, Topic> = new Map(
  [HEADINGS, ...VOCABULARIES.map(({ headings }) => headings)]
    .toReversed()
    .flatMap((headings) => Object.entries(headings) as [Topic, string][])
    .flatMap(([topic, phrases]) => entriesOf(phrases).map((phrase): [string, Topic] => [squash(phrase), topic])),
);

const CONJUNCTION =
  /\s*(?:&|\+|\/|,|\||(?<![\p{L}\p{N}])(?:and|und|et|y|e|en|sowie|i|ve|och|og|a|и|та|й|și|és|και|ja)(?![\p{L}\p{N}]))\s*/iu;
const DECORATION = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

/** "Portfolio: https://…" is an address, not a section. */
const CONTACT_CONTENT =
  /^(?:https?:|www\.|\/\/|\S+@\S+|\S+\.(?:com|io|dev|net|org|me|de)(?:\/\S*)?$|\+?[\d\s()/.-]{7,}$)/iu;

function topicOfPhrase(phrase: string): Topic | null {
  const exact = TOPICS.get(squash(phrase));
  if (exact) return exact;
  const kept = phrase.split(/\s+/).filter((word) => !HEADING_ADJECTIVES.has(word.toLowerCase()));
  return kept.length > 0 && kept.length < 4 ? (TOPICS.get(squash(kept.join(''))) ?? null) : null;
}

/** What a text speaks of when it is nothing but a heading: "Licences & Certifications" speaks of both. */
export function topicsOf(text: string): Topic[] {
  const phrase = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(DECORATION, '')
    .replace(/^\d{1,2}[.)]?\s+/, '')
    .trim();
  if (phrase === '' || phrase.length > 60 || /\d{3}|@/.test(phrase)) return [];
  const parts = phrase.split(CONJUNCTION).filter((part) => part !== '');
  if (parts.length > 1 && parts.length <= 4) {
    const topics = parts.map(topicOfPhrase);
    // "Skills & Abilities", "Work Experience & History": every part must be known, or the whole phrase.
    if (topics.every((topic) => topic !== null)) return [...new Set(topics)];
  }
  // A heading in two languages: "PRACOVNÍ ZKUŠENOSTI / WORK EXPERIENCE".
  const translated = /\s[/|]\s/.test(phrase)
    ? phrase.split(/\s[/|]\s/).flatMap((part) => TOPICS.get(squash(part)) ?? [])
    : [];
  if (translated.length === 1) return translated;
  const whole = topicOfPhrase(phrase);
  return whole ? [whole] : [];
}

function isWeak(text: string): boolean {
  const parts = text
    .split(CONJUNCTION)
    .map(squash)
    .filter((part) => part !== '');
  return WEAK_HEADINGS.has(squash(text)) || parts.every((part) => WEAK_HEADINGS.has(part));
}

/** Whether the line stands out from the lines around it, as a heading does. */
function standsOut(line: Line, before: Line | undefined, after: Line | undefined): boolean {
  if (isUpperCase(line.text) || /[:：]$/.test(line.text)) return true;
  if (line.bold && !(before?.bold && after?.bold)) return true;
  if (line.height > 0 && before && after && line.height > Math.max(before.height, after.height) * 1.12) return true;
  if (line.block === before?.block) return false;
  // Above a text of another shape; among items of a list a short line is one more item.
  const count = words(line.text).length;
  return line.block !== after?.block
    ? after === undefined || !isShortItem(after, count) || line.width > 0
    : !isShortItem(after, count);
}

function isShortItem(line: Line, count: number): boolean {
  return !line.bullet && words(line.text).length <= count + 2 && !/[\d,:;@]/.test(line.text);
}

/** The topics of a line that is a heading, or none. */
export function headingTopics(line: Line, before: Line | undefined, after: Line | undefined): Topic[] {
  if (line.bullet && !isUpperCase(line.text) && !line.bold) return [];
  const topics = topicsOf(line.text);
  if (topics.length === 0) return [];
  return standsOut(line, before, after) || (!isWeak(line.text) && !line.bullet) ? topics : [];
}

/** `Label: content` or `Label<tab>content` where the label is a heading. */
export function inlineLabel(line: Line): { topics: Topic[]; label: string; content: string } | null {
  const match = /^([\p{L}][^:\t]{1,44}?)\s*(?::|\t)\s*(?=\S)(.+)$/u.exec(line.text);
  const label = match?.[1] ?? '';
  const content = match?.[2] ?? '';
  if (label === '' || content === '' || CONTACT_CONTENT.test(content)) return null;
  const marked = /^[^:\t]*:/.test(line.text);
  if (!marked && isWeak(label) && !line.bold && !isUpperCase(label)) return null;
  const topics = topicsOf(label);
  return topics.length > 0 ? { topics, label, content } : null;
}
