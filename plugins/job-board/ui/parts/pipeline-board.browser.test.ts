import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MoveDetail, PipelineBoard } from './pipeline-board.ts';

type Line = PipelineBoard['applications'][number];

const line: Line = {
  id: 'a1',
  jobId: 'j1',
  jobTitle: 'Nurse',
  candidateId: 'c1',
  candidateName: 'Ada Example',
  candidateHeadline: null,
  status: 'applied',
  source: 'website',
  score: 82,
  hasCv: true,
  appliedAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
};

let board: PipelineBoard;
let moves: MoveDetail[];

beforeEach(async () => {
  moves = [];
  board = new PipelineBoard();
  board.applications = [line, { ...line, id: 'a2', candidateName: 'Bo Example', status: 'hired' }];
  board.editable = true;
  board.addEventListener('move', (event) => moves.push((event as CustomEvent<MoveDetail>).detail));
  document.body.append(board);
  await board.updateComplete;
});
afterEach(() => board.remove());

const column = (name: string) => board.renderRoot.querySelector(`[aria-label^="${name}"]`);

function choose(value: string): void {
  const select = board.renderRoot.querySelector<HTMLSelectElement>('select');
  if (!select) throw new Error('no choice');
  select.value = value;
  select.dispatchEvent(new Event('change'));
}

describe('pipeline board', () => {
  it('puts each application into the column of its status, and counts', () => {
    expect(column('Applied, 1')?.textContent).toContain('Ada Example');
    expect(column('Hired, 1')?.textContent).toContain('Bo Example');
    expect(column('Offer, 0')?.querySelectorAll('li')).toHaveLength(0);
  });

  it('moves by the choice on the card, which offers only what is possible', () => {
    const options = [...board.renderRoot.querySelectorAll('option')].map(({ value }) => value);
    expect(options).toEqual(['', 'screening', 'interviewing', 'offer']);
    choose('interviewing');
    expect(moves).toEqual([{ application: line, to: 'interviewing' }]);
  });

  it('moves by dragging, only to where it can go', () => {
    const card = board.renderRoot.querySelector('li');
    card?.dispatchEvent(new DragEvent('dragstart', { bubbles: true }));
    const drop = () => new DragEvent('drop', { bubbles: true, cancelable: true });
    column('Hired')?.dispatchEvent(drop());
    expect(moves).toEqual([]);
    card?.dispatchEvent(new DragEvent('dragstart', { bubbles: true }));
    column('Offer')?.dispatchEvent(drop());
    expect(moves).toEqual([{ application: line, to: 'offer' }]);
  });

  it('offers no moves to those who may only read', async () => {
    board.editable = false;
    await board.updateComplete;
    expect(board.renderRoot.querySelector('select')).toBeNull();
    expect(board.renderRoot.querySelector('li[draggable="true"]')).toBeNull();
  });
});
