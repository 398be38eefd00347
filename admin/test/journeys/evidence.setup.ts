import { afterEach } from 'vitest';
import { whatStood } from './evidence.ts';

afterEach(async ({ task }) => {
  // Beside the failure itself: by then the pages are all there is to see why.
  if (task.result?.state === 'fail') throw new Error(`what stood on the open pages:\n${await whatStood()}`);
});
