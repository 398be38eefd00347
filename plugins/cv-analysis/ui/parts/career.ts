import type { Output } from '../../src/context.ts';

export type Cv = NonNullable<Output<'documents.get'>['document']['data']>;
export type Position = Cv['experience'][number];
export type Gap = Cv['gaps'][number];
export type Station = { position: Position; gap?: undefined } | { gap: Gap; position?: undefined };

/** Positions as the CV lists them, newest first as a rule, with each gap before the position that it followed. */
export function stations({ experience, gaps }: Pick<Cv, 'experience' | 'gaps'>): Station[] {
  const list: Station[] = experience.map((position) => ({ position }));
  for (const gap of gaps) {
    const at = list.findIndex(
      ({ position }) => position !== undefined && position.end !== null && position.end <= gap.from,
    );
    list.splice(at === -1 ? list.length : at, 0, { gap });
  }
  return list;
}

/** Skills by category, both in the order in which the CV's reading lists them. */
export function byCategory(skills: Cv['skillDetails']): [category: string, skills: Cv['skillDetails']][] {
  return [...Map.groupBy(skills, ({ category }) => category)];
}
