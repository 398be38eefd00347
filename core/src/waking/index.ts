export { Waker } from './waker.ts';
