import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Agency, brokenCv, demoCv } from './agency.ts';
import { stopAll } from './main-process.ts';

let folder: string;
let agency: Agency;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-killed-'));
  await chmod(folder, 0o755);
  agency = new Agency(folder);
  await agency.open();
}, 120_000);
afterAll(async () => {
  await stopAll();
  await rm(folder, { recursive: true, force: true });
});

interface Application {
  score: number | null;
  matchedSkills: string[];
  timeline: { kind: string }[];
}

const application = (id: string) => agency.action<Application>('job-board', 'applications.get', { id });
const documents = async () => {
  const input = { limit: 100 };
  const { items } = await agency.action<{ items: { status: string }[] }>('cv-analysis', 'documents.list', input);
  return items.map(({ status }) => status).sort();
};

/** Resolves when browsers are told of a stage of reading an application's CV. */
function stage(socket: Socket, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    socket.on('progress', ({ stage }: { stage: string }) => stage === wanted && resolve());
  });
}

function event(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve) => socket.once(name, () => resolve()));
}

interface Moment {
  when: string;
  /** Resolves when the moment has come; called before anybody applies. */
  comes?(socket: Socket): Promise<void>;
  database?: true;
}

const MOMENTS: readonly Moment[] = [
  { when: 'as soon as the visitors have their answer' },
  { when: 'as soon as the visitors have their answer, the database too', database: true },
  { when: 'while a CV is read', comes: (socket) => stage(socket, 'reading') },
  { when: 'between reading and scoring', comes: (socket) => stage(socket, 'understanding') },
  { when: 'when a CV is scored', comes: (socket) => event(socket, 'cv-analysis.document.parsed') },
  { when: 'when the score reaches the job board', comes: (socket) => event(socket, 'cv-analysis.application.scored') },
  { when: 'when the job board tells it', comes: (socket) => event(socket, 'job-board.application.changed') },
];

describe('kill -9 between an application and its score', () => {
  test.each(MOMENTS.map((moment, round) => ({ ...moment, round })))(
    '$when',
    { timeout: 120_000 },
    async ({ comes, database, round }) => {
      const socket = await agency.listen();
      const moment = comes?.(socket) ?? Promise.resolve();
      const [readable] = await Promise.all([
        agency.apply(`Maya Lindqvist ${round}`, await demoCv('maya-lindqvist.pdf')),
        agency.apply(`Broken Document ${round}`, brokenCv(`broken-${round}.pdf`)),
      ]);
      await moment;
      if (database) agency.killWithDatabase();
      else agency.kill();
      socket.close();
      await agency.ended();

      await agency.startAgain();
      await expect
        .poll(async () => (await application(readable)).score, { timeout: 60_000, interval: 200 })
        .toBeGreaterThan(0);
      const rounds = round + 1;
      await expect
        .poll(documents, { timeout: 60_000, interval: 200 })
        .toEqual([...Array(rounds).fill('failed'), ...Array(rounds).fill('parsed')]);
      const { timeline, matchedSkills } = await application(readable);
      expect(timeline.map(({ kind }) => kind)).toEqual(['applied', 'scored']);
      expect(matchedSkills).toEqual(expect.arrayContaining(['TypeScript', 'PostgreSQL']));
      const failures = (await agency.tasks()).filter(({ kind }) => kind === 'PARSE_FAILURE');
      expect(failures).toHaveLength(rounds);
      expect(failures.filter(({ title }) => title.includes(`broken-${round}.pdf`))).toHaveLength(1);
      expect((await agency.tasks()).filter(({ kind }) => kind !== 'PARSE_FAILURE')).toEqual([]);
    },
  );
});
