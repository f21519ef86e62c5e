// What queues were like since the console is open: kept in the memory of this tab for half an hour, also while other pages are shown.

/** How often queues are asked for while one of their pages is shown. */
export const EVERY_MS = 2000;

const KEPT_MS = 30 * 60_000;

/** Queue by queue: [{at, depth, running, begun, ended}], oldest first. */
const samples = new Map();

/** Notes what a queue is like now. */
export function note(queue, at = Date.now()) {
  const old = samples.get(queue.queue) ?? [];
  const kept = old.filter((sample) => sample.at > at - KEPT_MS);
  const { depth, running, begunLastMinute: begun, endedLastMinute: ended } = queue;
  samples.set(queue.queue, [...kept, { at, depth, running, begun, ended }]);
}

export function samplesOf(name) {
  return samples.get(name) ?? [];
}
