// Everything that is known of one workflow, kept current: the workflow, its steps, and its history once a view wants it.
//
// Events wake it when the status changes; an open workflow is looked at every two seconds besides, because steps that end are no change of
// status. Each time only what may be new is fetched: open steps, what is behind the last one, and the history's tail.
import { useEffect, useState } from '../../lib/html.js';
import { get, segment } from '../../lib/api.js';
import { onReturn } from '../../lib/connection.js';
import { watch } from '../../lib/events.js';
import { isClosed, merge, staleRanges } from './steps.js';

/** However fast a workflow changes, it is fetched no more often than this. */
const THROTTLE_MS = 400;

/** How often an open workflow is looked at without an event. */
const LOOK_EVERY_MS = 2000;

/** Until it is tried again where the server does not say. */
const RETRY_MS = 2000;

const PAGE = 1000;

/** The state of a run as components show it; `run` is what to call. */
export function useRun(id) {
  const [run] = useState(() => new Run(id));
  const [state, setState] = useState(run.state);
  useEffect(() => run.follow(setState), []);
  return { ...state, run };
}

/** Follows one workflow. */
class Run {
  constructor(id) {
    this.path = `/workflows/${segment(id)}`;
    this.id = id;
    this.state = { workflow: null, steps: [], stepsLoaded: false, facts: [], factsLoaded: false, problem: null };
    this.wantsHistory = false;
    this.stopped = false;
    this.reading = false;
    this.dirty = false;
    this.timer = 0;
  }

  /** Begins; returns what stops it. */
  follow(listener) {
    this.listener = listener;
    this.stopped = false;
    const stopEvents = watch(
      { workflowId: this.id },
      { onPosition: () => this.wake(), onWorkflow: (workflow) => this.onEvent(workflow) },
    );
    const stopReturns = onReturn(() => this.wake());
    this.wake();
    return () => {
      this.stopped = true;
      clearTimeout(this.timer);
      stopEvents();
      stopReturns();
    };
  }

  change(part) {
    this.state = { ...this.state, ...part };
    if (!this.stopped) {
      this.listener(this.state);
    }
  }

  /** The status is shown at once; the rest follows. Events carry the workflow as in lists: without input and output. */
  onEvent(listed) {
    const known = this.state.workflow;
    if (known && Date.parse(listed.updatedAt) >= Date.parse(known.updatedAt)) {
      const waitingFor = listed.waitingFor;
      // What was read before stays marked as old, so that the steps are read as well.
      this.change({ workflow: { ...known, ...listed, waitingFor, updatedAt: known.updatedAt } });
    }
    this.wake();
  }

  /** Fetches the history too, from now on. */
  wantHistory() {
    if (!this.wantsHistory) {
      this.wantsHistory = true;
      this.wake();
    }
  }

  /** Fetches what is new, soon. */
  wake() {
    if (this.reading) {
      this.dirty = true;
    } else {
      this.schedule(0);
    }
  }

  schedule(delayMs) {
    clearTimeout(this.timer);
    if (!this.stopped) {
      this.timer = setTimeout(() => this.read(), delayMs);
    }
  }

  async read() {
    this.reading = true;
    this.dirty = false;
    let next = null;
    try {
      await this.fetchNew();
      next = isClosed(this.state.workflow) ? null : LOOK_EVERY_MS;
    } catch (problem) {
      next = this.onProblem(problem);
    } finally {
      this.reading = false;
    }
    if (this.dirty) {
      this.schedule(THROTTLE_MS);
    } else if (next !== null) {
      this.later(next);
    }
  }

  /** A page that nobody sees waits until it is seen; then the events wake it. */
  later(delayMs) {
    clearTimeout(this.timer);
    if (!this.stopped) {
      this.timer = setTimeout(() => (document.hidden ? this.later(delayMs) : this.read()), delayMs);
    }
  }

  /** What is shown stays. A mistake of this page must not be taken for an answer. */
  onProblem(problem) {
    if (problem.status === undefined) {
      throw problem;
    }
    this.change({ problem });
    const passes = problem.status === 503 || problem.status === 429;
    return passes ? (problem.retryAfter ? problem.retryAfter * 1000 : RETRY_MS) : null;
  }

  async fetchNew() {
    const before = this.state;
    const workflow = await get(this.path);
    const reopened = before.workflow && before.workflow.run !== workflow.run;
    const unchanged = before.stepsLoaded && before.workflow && before.workflow.updatedAt === workflow.updatedAt;
    if (!unchanged || reopened) {
      this.change({ workflow: { ...workflow, updatedAt: before.workflow ? before.workflow.updatedAt : null }, problem: null });
      await this.fetchSteps(reopened);
    }
    if (this.wantsHistory && (!unchanged || !before.factsLoaded)) {
      await this.fetchHistory();
    }
    this.change({ workflow, problem: null });
  }

  /** After a resume or rewind, steps that were there may be gone: all are read, and put in place of the others at once. */
  async fetchSteps(reopened) {
    if (reopened) {
      this.change({ steps: await allSteps(this.id), stepsLoaded: true });
      return;
    }
    for (const { from, limit } of staleRanges(this.state.steps)) {
      let cursor = from;
      let left = limit ?? Infinity;
      while (cursor && left > 0) {
        const page = await get(`${this.path}/steps`, { cursor, limit: Math.min(PAGE, left) });
        this.change({ steps: page.items.length ? merge(this.state.steps, page.items) : this.state.steps });
        left -= page.items.length;
        cursor = page.nextCursor;
      }
    }
    this.change({ stepsLoaded: true });
  }

  async fetchHistory() {
    const known = this.state.facts;
    let from = known.length ? known[known.length - 1].number + 1 : 1;
    while (from) {
      const page = await get(`${this.path}/history`, { from, limit: PAGE });
      this.change({ facts: page.items.length ? [...this.state.facts, ...page.items] : this.state.facts });
      from = page.nextCursor;
    }
    this.change({ factsLoaded: true });
  }
}

/** All steps of a workflow, or the first `most` of them. */
export async function allSteps(id, { most = Infinity, signal } = {}) {
  const steps = [];
  let cursor = 1;
  while (cursor && steps.length < most) {
    const params = { cursor, limit: Math.min(PAGE, most - steps.length) };
    const page = await get(`/workflows/${segment(id)}/steps`, params, { signal });
    steps.push(...page.items);
    cursor = page.nextCursor;
  }
  return steps;
}
