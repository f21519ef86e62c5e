// The bars of the timeline, out of workflow, steps and history. Pure.

import { isClosed, isCopied } from './steps.js';
import { storiesOf } from './stories.js';

/**
 * Bars and marks of a workflow on one axis of time.
 *
 * @param facts the history as far as it is there; without it, there is one bar for each step
 * @param nowMs where bars that have not ended yet end
 * @returns `{from, to, life: {bars, marks}, rows: [{step, copied, bars, note}]}`; a bar is `{kind, from, to, open, title}`, a mark
 *     `{kind, at, title}`, times in epoch milliseconds
 */
export function timelineOf(workflow, steps, facts, nowMs) {
  const stories = storiesOf(facts);
  const life = lifeOf(workflow, facts, nowMs);
  const rows = steps.map((step) => {
    const copied = isCopied(workflow, step);
    const story = stories.get(step.seq);
    return { step, copied, bars: copied ? [] : barsOf(step, story, nowMs) };
  });
  const from = Date.parse(workflow.createdAt);
  const end = workflow.completedAt && isClosed(workflow) ? Date.parse(workflow.completedAt) : nowMs;
  const to = rows.reduce((latest, row) => Math.max(latest, lastEnd(row.bars)), Math.max(end, from + 1));
  const earliest = rows.reduce((first, row) => Math.min(first, row.bars.length ? row.bars[0].from : first), from);
  return { from: earliest, to, life, rows };
}

function lastEnd(bars) {
  return bars.reduce((latest, bar) => Math.max(latest, bar.to), 0);
}

const WAITS = { sleep: 'sleeps', receive: 'waits for a message', send: 'waits for the answer', child: 'child workflow runs' };

function barsOf(step, story, nowMs) {
  if (!story || story.phases.length === 0) {
    return step.startedAt ? [bareBar(step, nowMs)] : [];
  }
  const bars = story.phases.map((phase) => bar(phase, nowMs));
  const last = story.phases[story.phases.length - 1];
  if (step.status === 'RETRYING' && !step.dueAt && story.lastHeartbeatAt && last.to !== null) {
    bars.push({ kind: 'attempt', from: last.to, to: nowMs, open: true, title: `attempt ${step.attempts + 1}, under way` });
  }
  return bars;
}

function bareBar(step, nowMs) {
  const to = step.completedAt ? Date.parse(step.completedAt) : nowMs;
  const kind = step.kind === 'STEP' ? barKind(step.status.toLowerCase(), 'attempt') : 'wait';
  return { kind, from: Date.parse(step.startedAt), to, open: !step.completedAt, title: step.status.toLowerCase() };
}

function bar(phase, nowMs) {
  return {
    kind: phase.dropped ? 'dropped' : barKind(phase.outcome, phase.kind),
    from: phase.from,
    to: phase.to === null ? nowMs : Math.max(phase.from, phase.to),
    open: phase.to === null,
    title: titleOf(phase),
  };
}

function barKind(outcome, kind) {
  if (kind === 'retryWait') {
    return 'retry-wait';
  }
  if (kind === 'attempt' || kind === 'value') {
    return outcome === 'failed' ? 'failed' : outcome === 'cancelled' ? 'cancelled' : 'attempt';
  }
  return outcome === 'failed' ? 'wait-failed' : 'wait';
}

function titleOf(phase) {
  const before = phase.dropped ? 'in an earlier run: ' : '';
  if (phase.kind === 'attempt') {
    const error = phase.failure ? `: ${phase.failure.message}` : '';
    return `${before}attempt ${phase.attempt} ${phase.outcome}${error}`;
  }
  if (phase.kind === 'retryWait') {
    return `${before}waits before attempt ${phase.attempt + 1}`;
  }
  return before + (phase.kind === 'value' ? 'value set' : WAITS[phase.kind]);
}

/** What the workflow itself did: waited in its queue, was with a worker, waited for something without one, was paused. */
function lifeOf(workflow, facts, nowMs) {
  const life = new Life();
  for (const fact of facts) {
    const tell = LIFE[fact.type];
    if (tell) {
      tell(life, fact, Date.parse(fact.at));
    }
  }
  if (life.current) {
    life.bars.push({ ...life.current, to: Math.max(life.current.from, nowMs), open: true });
  }
  if (facts.length === 0 && workflow.startedAt) {
    life.begin('queue', Date.parse(workflow.createdAt), 'waited in its queue');
    life.end(Date.parse(workflow.startedAt));
  }
  return { bars: life.bars, marks: life.marks };
}

class Life {
  constructor() {
    this.bars = [];
    this.marks = [];
    this.current = null;
    this.owner = null;
  }

  begin(kind, at, title) {
    this.end(at);
    this.current = { kind, from: at, title };
  }

  end(at) {
    if (this.current) {
      this.bars.push({ ...this.current, to: Math.max(this.current.from, at), open: false });
    }
    this.current = null;
  }

  /** Nobody has it from now on. */
  letGo(kind, at, title) {
    this.owner = null;
    this.begin(kind, at, title);
  }

  /** What it waited for has come: it needs a worker again, unless one has it still, or it is paused. */
  wake(at) {
    if (this.current && this.current.kind === 'parked') {
      this.begin('queue', at, QUEUED);
    }
  }

  close(at) {
    this.owner = null;
    this.end(at);
  }

  mark(kind, at, title) {
    this.marks.push({ kind, at, title });
  }
}

const QUEUED = 'waits for a worker';

const LIFE = {
  workflowStarted: (life, fact, at) =>
    fact.start.delayMs ? life.begin('delay', at, 'is delayed') : life.begin('queue', at, QUEUED),
  delayElapsed: (life, fact, at) => life.begin('queue', at, QUEUED),
  granted: (life, fact, at) => {
    life.owner = fact.workerId;
    life.mark('granted', at, `given to worker ${fact.workerId}`);
    life.begin('worker', at, `with worker ${fact.workerId}`);
  },
  parked: (life, fact, at) => life.letGo('parked', at, 'waits, without a worker'),
  waitElapsed: (life, fact, at) => life.wake(at),
  messageDelivered: (life, fact, at) => life.wake(at),
  messageAnswered: (life, fact, at) => life.wake(at),
  childEnded: (life, fact, at) => life.wake(at),
  released: (life, fact, at) => life.letGo('queue', at, 'given back by its worker'),
  workerLost: (life, fact, at) => {
    life.mark('lost', at, `worker ${fact.workerId} was lost; recovery ${fact.recoveryAttempts}`);
    life.letGo('queue', at, 'waits for another worker');
  },
  paused: (life, fact, at) => {
    life.mark('command', at, `paused by ${fact.issuer}`);
    life.begin('paused', at, 'paused');
  },
  unpaused: (life, fact, at) => {
    life.mark('command', at, `unpaused by ${fact.issuer}`);
    life.begin(life.owner ? 'worker' : 'queue', at, life.owner ? `with worker ${life.owner}` : QUEUED);
  },
  cancelAsked: (life, fact, at) => {
    life.mark('command', at, `cancelled by ${fact.issuer}`);
    life.wake(at);
  },
  reopened: (life, fact, at) => {
    life.mark('recovered', at, `${fact.rewind ? 'rewound' : 'resumed'} by ${fact.issuer}`);
    life.begin('queue', at, QUEUED);
  },
  terminated: (life, fact, at) => {
    life.mark('command', at, `terminated by ${fact.issuer}`);
    life.close(at);
  },
  workflowCompleted: (life, fact, at) => life.close(at),
  workflowFailed: (life, fact, at) => life.close(at),
  workflowTimedOut: (life, fact, at) => life.close(at),
  recoveryExhausted: (life, fact, at) => life.close(at),
  cancelCompleted: (life, fact, at) => life.close(at),
};

/** Steps between two lines of the axis, in milliseconds. */
const UNITS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3,
  2 * 3600e3, 6 * 3600e3, 12 * 3600e3, 86400e3, 2 * 86400e3, 7 * 86400e3, 30 * 86400e3, 365 * 86400e3,
];

/** Where the lines of the axis are: offsets from its beginning in milliseconds, at most so many. */
export function ticks(lengthMs, most) {
  const unit = UNITS.find((each) => lengthMs / each <= most) || UNITS[UNITS.length - 1];
  const found = [];
  for (let at = 0; at <= lengthMs && found.length <= most; at += unit) {
    found.push(at);
  }
  return found;
}
