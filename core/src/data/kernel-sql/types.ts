import { types } from 'pg';

const INT8 = 20;
const DATE = 1082;

/** As pg's, but `int8` is a number and `date` stays the day it is, whatever the process's time zone. */
export const kernelTypes: typeof types = {
  ...types,
  getTypeParser: ((oid: number, format?: 'text') => {
    if (oid === INT8) return Number;
    if (oid === DATE) return (value: string) => value;
    return types.getTypeParser(oid, format);
  }) as typeof types.getTypeParser,
};
