// What can be said of a step from its record alone: whether it has ended, how long it took, which steps must be asked for again.
// Pure: no requests, no page.
import { isOpen } from '../../components/status.js';

/** What each kind of step is called, and the picture it has in graph and tables: a path in a square of 16. */
export const KINDS = {
  STEP: { word: 'step', picture: 'M4 2.5 13 8 4 13.5Z' },
  SLEEP: {
    word: 'sleep',
    picture: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.7a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6ZM7.2 4.5h1.6v3.2l2.3 2.3-1.1 1.1-2.8-2.8Z',
  },
  RECEIVE: { word: 'wait for a message', picture: 'M1 3h14v10H1Zm1.6 1.6v.5L8 8.7l5.4-3.6v-.5Zm0 2.4v4.4h10.8V7L8 10.6Z' },
  SEND: { word: 'message sent', picture: 'M1.5 2 15 8 1.5 14l2-6Z' },
  SET_VALUE: { word: 'value set', picture: 'M2 11.2 10.6 2.6l2.8 2.8L4.8 14H2Z' },
  CHILD: { word: 'child workflow', picture: 'M1.5 1.5h8v3h5v10h-8v-3h-5Zm1.7 1.7v6.6h3.3V4.5h1.3V3.2Zm5 3v6.6h4.6V6.2Z' },
  UNKNOWN: { word: 'step of a kind this page does not know', picture: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Z' },
};

/** The statuses of steps in words. RUNNING is this page's own: a step that has begun, and of which nothing is on record yet. */
const STATUS_WORDS = {
  WAITING: 'waiting',
  RETRYING: 'in progress',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

/** Ranges of steps that are asked for in one go although those between them are known: a request costs more than so many steps. */
const WORTH_ONE_REQUEST = 50;

/** More ranges than this are merged to one: so many requests at each change are too many. */
const MAX_RANGES = 6;

export function isClosed(workflow) {
  return !isOpen(workflow.status);
}

export function hasEnded(step) {
  return step.status === 'COMPLETED' || step.status === 'FAILED' || step.status === 'CANCELLED';
}

export function kindOf(step) {
  return KINDS[step.kind] || KINDS.UNKNOWN;
}

/** The status in words: a wait between two attempts is another thing than an attempt that is under way. */
export function statusWord(step) {
  if (step.status === 'RETRYING' && step.dueAt) {
    return 'waits to try again';
  }
  return STATUS_WORDS[step.status] || step.status.toLowerCase();
}

/** How long the step took, or has taken so far; null where it is not known when it began. */
export function durationMs(step, nowMs) {
  if (!step.startedAt) {
    return null;
  }
  const end = step.completedAt ? Date.parse(step.completedAt) : nowMs;
  return Math.max(0, end - Date.parse(step.startedAt));
}

/** Whether the step was copied from the workflow that this one is a fork of. */
export function isCopied(workflow, step) {
  return Boolean(
    workflow.forkedFrom &&
      workflow.forkedFromStep &&
      step.seq < workflow.forkedFromStep &&
      step.completedAt &&
      Date.parse(step.completedAt) <= Date.parse(workflow.createdAt),
  );
}

/**
 * The steps as they are shown: those on record, and of an open workflow those that must have begun because a later one is on record
 * (steps beside the code are recorded when they end).
 */
export function withUnrecorded(workflow, steps) {
  if (isClosed(workflow)) {
    return steps;
  }
  const shown = [];
  let expected = 1;
  for (const step of steps) {
    for (; expected < step.seq; expected++) {
      shown.push(unrecorded(expected));
    }
    shown.push(step);
    expected = step.seq + 1;
  }
  return shown;
}

function unrecorded(seq) {
  return {
    seq,
    name: `step ${seq}`,
    kind: 'STEP',
    status: 'RUNNING',
    output: null,
    error: null,
    attempts: 0,
    childWorkflowId: null,
    startedAt: null,
    completedAt: null,
  };
}

/**
 * Which steps may be others than they were: those that had not ended, those that are missing between others, and all behind the last.
 * As ranges `{from, limit}` in order; `limit` is null for the last one, which has no end.
 */
export function staleRanges(steps) {
  const stale = [];
  let expected = 1;
  for (const step of steps) {
    for (; expected < step.seq; expected++) {
      stale.push(expected);
    }
    if (!hasEnded(step)) {
      stale.push(step.seq);
    }
    expected = step.seq + 1;
  }
  stale.push(expected);
  return ranges(stale);
}

function ranges(stale) {
  const found = [];
  for (const seq of stale) {
    const last = found[found.length - 1];
    if (last && seq - last.to <= WORTH_ONE_REQUEST) {
      last.to = seq;
    } else {
      found.push({ from: seq, to: seq });
    }
  }
  if (found.length > MAX_RANGES) {
    return [{ from: found[0].from, limit: null }];
  }
  return found.map((range, i) => ({
    from: range.from,
    limit: i === found.length - 1 ? null : range.to - range.from + 1,
  }));
}

/** The known steps with those that were read again put in their places. Both are in order of their numbers. */
export function merge(known, read) {
  const bySeq = new Map(known.map((step) => [step.seq, step]));
  for (const step of read) {
    bySeq.set(step.seq, step);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
