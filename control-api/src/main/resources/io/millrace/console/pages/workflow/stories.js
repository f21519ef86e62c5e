// What happened to each step, read off the history: its attempts with their errors, its waits, its messages. Pure.

/** What is told of one step. `phases` are in order; `details` has what its kind adds: the topic, the other workflow, the payload. */
function newStory(seq) {
  return { seq, phases: [], details: {}, heartbeats: 0, lastHeartbeatAt: null };
}

/**
 * The stories of all steps of a history.
 *
 * @param facts the history, in order
 * @returns a map from a step's number to `{seq, phases, details, heartbeats, lastHeartbeatAt}`. A phase is
 *     `{kind: 'attempt'|'retryWait'|'sleep'|'receive'|'send'|'child'|'value', run, attempt?, from, to, outcome, failure?, dueAt?}`, times in
 *     epoch milliseconds, `to` null while it lasts; what a resume or rewind took off the record has a lower `run`
 */
export function storiesOf(facts) {
  const teller = new Teller();
  for (const fact of facts) {
    const tell = TELLERS[fact.type];
    if (tell) {
      tell(teller, fact, Date.parse(fact.at));
    }
  }
  return teller.stories;
}

class Teller {
  constructor() {
    this.stories = new Map();
    this.run = 0;
    this.messages = new Map();
  }

  story(seq) {
    if (!this.stories.has(seq)) {
      this.stories.set(seq, newStory(seq));
    }
    return this.stories.get(seq);
  }

  add(seq, phase) {
    this.story(seq).phases.push({ run: this.run, ...phase });
  }

  /** Whether the step itself is a wait that lasts, and not one between two attempts. */
  isWaiting(seq) {
    const last = lastPhase(this.story(seq));
    return Boolean(last && last.to === null && last.kind !== 'retryWait');
  }

  isReceiving(seq) {
    const last = lastPhase(this.story(seq));
    return Boolean(last && last.kind === 'receive' && last.to === null);
  }

  /** Ends the phase that lasts, if one does. */
  end(seq, to, outcome, more = {}) {
    const last = lastPhase(this.story(seq));
    if (last && last.to === null) {
      Object.assign(last, { to, outcome, ...more });
    }
  }
}

const TELLERS = {
  stepAttemptFailed: (t, fact) => {
    t.end(fact.seq, fact.startedAtMs, 'elapsed');
    t.add(fact.seq, attempt(fact, 'failed'));
    t.add(fact.seq, {
      kind: 'retryWait',
      attempt: fact.attempt,
      from: fact.completedAtMs,
      to: null,
      dueAt: fact.retryAtMs,
      outcome: 'open',
    });
  },
  stepCompleted: (t, fact) => {
    const outcome = fact.failure ? 'failed' : 'completed';
    if (t.isWaiting(fact.seq)) {
      // A worker that keeps a short wait reports its end like that of a step.
      t.end(fact.seq, fact.completedAtMs, outcome);
    } else {
      t.end(fact.seq, fact.startedAtMs, 'elapsed');
      t.add(fact.seq, attempt(fact, outcome));
    }
  },
  stepCancelled: (t, fact) => {
    t.end(fact.seq, fact.completedAtMs, 'cancelled', fact.failure ? { failure: fact.failure } : {});
    if (fact.startedAtMs && (fact.kind === 'STEP' || t.story(fact.seq).phases.length === 0)) {
      t.add(fact.seq, { ...attempt(fact, 'cancelled'), attempt: fact.attempts });
    }
  },
  stepHeartbeat: (t, fact) => {
    const story = t.story(fact.seq);
    story.heartbeats++;
    story.lastHeartbeatAt = fact.atMs;
    const last = lastPhase(story);
    t.end(fact.seq, Math.min(fact.atMs, (last && last.dueAt) || fact.atMs), 'elapsed');
  },
  sleepStarted: (t, fact) => t.add(fact.seq, wait('sleep', fact)),
  waitElapsed: (t, fact, at) => t.end(fact.seq, at, t.isReceiving(fact.seq) ? 'timedOut' : 'elapsed'),
  receiveStarted: (t, fact) => {
    t.story(fact.seq).details.topic = fact.topic;
    t.add(fact.seq, wait('receive', fact));
  },
  messageReceived: (t, fact) => t.messages.set(fact.messageNumber, fact),
  messageDelivered: (t, fact, at) => {
    t.story(fact.seq).details.message = t.messages.get(fact.messageNumber) || null;
    t.end(fact.seq, at, fact.messageNumber ? 'completed' : 'timedOut');
  },
  messageSent: (t, fact) => {
    Object.assign(t.story(fact.seq).details, { topic: fact.topic, to: fact.workflowId, payload: fact.payload });
    t.add(fact.seq, wait('send', fact));
  },
  messageAnswered: (t, fact, at) =>
    t.end(fact.seq, at, fact.accepted ? 'completed' : 'failed', fact.reason ? { reason: fact.reason } : {}),
  valueSet: (t, fact) =>
    t.add(fact.seq, { kind: 'value', from: fact.atMs, to: fact.atMs, outcome: 'completed' }),
  childStarted: (t, fact) => {
    Object.assign(t.story(fact.seq).details, { closePolicy: fact.closePolicy, childInput: fact.start.input });
    t.add(fact.seq, wait('child', fact));
  },
  childEnded: (t, fact, at) =>
    t.end(fact.seq, at, fact.status === 'COMPLETED' ? 'completed' : 'failed', {
      childStatus: fact.status,
      ...(fact.failure ? { failure: fact.failure } : {}),
    }),
  reopened: (t, fact, at) => {
    t.run++;
    t.stories.forEach((story) => reopen(t, story, fact, at));
  },
};

/** What a resume or rewind took off the record stays here as what was. Of what had not ended, only children go on. */
function reopen(teller, story, reopened, at) {
  const dropped = story.seq >= reopened.fromStep || (reopened.droppedSteps || []).includes(story.seq);
  const last = lastPhase(story);
  if (dropped || (last && last.kind !== 'child')) {
    teller.end(story.seq, at, 'dropped');
  }
  if (dropped) {
    story.phases.forEach((phase) => (phase.dropped = true));
  }
}

function lastPhase(story) {
  return story.phases[story.phases.length - 1];
}

function attempt(fact, outcome) {
  return {
    kind: 'attempt',
    attempt: fact.attempt,
    from: fact.startedAtMs,
    to: fact.completedAtMs,
    outcome,
    ...(fact.failure ? { failure: fact.failure } : {}),
  };
}

function wait(kind, fact) {
  return { kind, from: fact.startedAtMs, to: null, outcome: 'open', ...(fact.dueAtMs ? { dueAt: fact.dueAtMs } : {}) };
}
