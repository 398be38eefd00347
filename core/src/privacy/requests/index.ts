export { ask, withdraw } from './ask.ts';
export { findRequest, listRequests, type ShownRequest } from './show.ts';
export { type ClaimedRequest, RequestStore } from './store.ts';
export { openSubject } from './subject.ts';
