export { type CallOptions, type UiContext, UiProblem } from './contract.ts';
export { BazaarElement } from './element.ts';
