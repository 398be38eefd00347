import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose tests wait for nodes, kills and clocks: begun last, one of them would keep the others waiting. */
const LONG = /\/core\/test\/(lifecycle|kernel|events|schedules)\//;

/** The usual order, but what waits most comes first. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
