// What a queue's settings and numbers are in words. No page in here.
import { count, durationMs, span } from '../../lib/format.js';

/** Every period that a rate limit of the form can be given in. */
export const UNITS = [
  { name: 'seconds', ms: 1000 },
  { name: 'minutes', ms: 60_000 },
  { name: 'hours', ms: 3_600_000 },
];

export function rate({ permits, period }) {
  return `${count(permits)} begin in ${span(durationMs(period))}`;
}

/** The limits of a queue, each in a few words; none for a queue without. */
export function limits(queue) {
  const parts = [];
  const add = (value, words) => value !== undefined && parts.push(words(value));
  add(queue.concurrency, (n) => `${count(n)} at once`);
  add(queue.workerConcurrency, (n) => `${count(n)} at once in each worker`);
  add(queue.rateLimit, (limit) => `${rate(limit)}`);
  add(queue.partitionConcurrency, (n) => `${count(n)} at once for each key`);
  add(queue.partitionRateLimit, (limit) => `${rate(limit)} for each key`);
  if (queue.priorityEnabled) {
    parts.push('priorities');
  }
  if (queue.partitioned) {
    parts.push('partition keys take turns');
  }
  return parts;
}

/** "3 of 10" slots, "3" where they are not limited, '' where the queue has none. */
export function slots({ slotsHeld, concurrency }) {
  if (slotsHeld === undefined) {
    return '';
  }
  return concurrency === undefined ? count(slotsHeld) : `${count(slotsHeld)} of ${count(concurrency)}`;
}

/** How long the oldest has waited; '' where nothing waits. */
export function oldest({ oldestAge }) {
  return oldestAge === undefined ? '' : span(durationMs(oldestAge));
}
