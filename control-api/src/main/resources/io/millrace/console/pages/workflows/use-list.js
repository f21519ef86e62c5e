// Loads the list of workflows and keeps it current: events are gathered for a moment and then put in together, so that a busy engine does
// not make the page busy.
import { useCallback, useEffect, useRef, useState } from '../../lib/html.js';
import { get } from '../../lib/api.js';
import { watch } from '../../lib/events.js';
import { onReturn } from '../../lib/connection.js';
import { useLoad } from '../../lib/load.js';
import { matchesRest, streamParams, without } from './filter.js';
import { EMPTY, MOST_PENDING, PAGE_SIZE, firstPage, withEvent, withPage, withPendingShown } from './rows.js';

const GATHER_MS = 200;
const COUNT_EVERY_MS = 1500;

/** Without a stream the list is loaded all the same. */
const WAIT_FOR_STREAM_MS = 800;

const RETRY_MS = 2000;

/**
 * {rows, loading, loadingMore, problem, changes, loadMore, showPending, reload} of a filter. `mayMove` says whether rows may move now; while
 * they may not, new ones are `rows.pending`. `changes` counts the bursts of events.
 */
export function useWorkflowList(filter, mayMove) {
  const key = JSON.stringify(filter);
  const [state, setState] = useState({ rows: EMPTY, loading: true, changes: 0 });
  const [round, setRound] = useState(0);
  const shown = useRef(key);
  const list = useRef(null);
  const move = useRef(mayMove);
  move.current = mayMove;
  useEffect(() => {
    const same = shown.current === key;
    shown.current = key;
    setState((old) => ({ rows: same ? old.rows : EMPTY, loading: true, changes: old.changes }));
    list.current = new LiveList(filter, setState, () => move.current());
    return () => list.current.stop();
  }, [key, round]);
  const loadMore = useCallback(() => list.current.loadMore(), []);
  const showPending = useCallback(() => list.current.showPending(), []);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { ...state, loadMore, showPending, reload };
}

class LiveList {
  constructor(filter, setState, mayMove) {
    this.filter = filter;
    this.mayMove = mayMove;
    this.setState = (change) => !this.stopped && setState(change);
    this.gathered = [];
    this.stopWatching = watch(streamParams(filter), {
      onPosition: (resumed) => !resumed && this.load(),
      onWorkflow: (workflow) => this.gather(workflow),
    });
    this.stopReturns = onReturn(() => this.load());
    this.late = setTimeout(() => this.load(), WAIT_FOR_STREAM_MS);
  }

  stop() {
    this.stopped = true;
    this.stopWatching();
    this.stopReturns();
    [this.late, this.soon, this.retry].forEach(clearTimeout);
  }

  /** Of loads that overlap, the last one counts. */
  async load() {
    clearTimeout(this.late);
    clearTimeout(this.retry);
    const turn = (this.turn = {});
    this.meanwhile = [];
    this.setState((old) => ({ ...old, loading: true }));
    try {
      const page = await get('/workflows', { ...this.filter, limit: PAGE_SIZE });
      if (turn === this.turn) {
        const rows = this.withEvents(firstPage(page), this.meanwhile);
        this.meanwhile = undefined;
        this.setState((old) => ({ rows, loading: false, changes: old.changes + 1 }));
      }
    } catch (problem) {
      if (turn === this.turn) {
        this.setState((old) => ({ ...old, problem, loading: false }));
        this.retryAfter(problem);
      }
    }
  }

  /** What passes by itself; a server that is away is noticed elsewhere. */
  retryAfter(problem) {
    if ((problem.status === 503 || problem.status === 429) && !this.stopped) {
      this.retry = setTimeout(() => this.load(), problem.retryAfter ? problem.retryAfter * 1000 : RETRY_MS);
    }
  }

  async loadMore() {
    let cursor;
    this.setState((old) => {
      cursor = old.rows.nextCursor;
      return { ...old, loadingMore: true, moreProblem: undefined };
    });
    const turn = this.turn;
    try {
      const page = await get('/workflows', { ...this.filter, limit: PAGE_SIZE, cursor });
      if (turn === this.turn) {
        this.setState((old) => ({ ...old, rows: withPage(old.rows, page), loadingMore: false }));
      }
    } catch (problem) {
      this.setState((old) => ({ ...old, moreProblem: problem, loadingMore: false }));
    }
  }

  gather(workflow) {
    // The partitions of a page that is under way may have answered before this happened.
    this.meanwhile?.push(workflow);
    this.gathered.push(workflow);
    this.soon ??= setTimeout(() => this.apply(), GATHER_MS);
  }

  apply() {
    const events = this.gathered;
    this.gathered = [];
    this.soon = undefined;
    const mayMove = this.mayMove();
    this.setState((old) => {
      const changed = this.withEvents(old.rows, events);
      const few = changed.pending.length <= MOST_PENDING;
      return { ...old, rows: mayMove && few ? withPendingShown(changed) : changed, changes: old.changes + 1 };
    });
  }

  withEvents(rows, events) {
    return events.reduce((all, event) => withEvent(all, event, matchesRest(this.filter, event)), rows);
  }

  showPending() {
    this.setState((old) => {
      if (old.rows.pending.length > MOST_PENDING) {
        this.load();
        return old;
      }
      return { ...old, rows: withPendingShown(old.rows) };
    });
  }
}

/** Counts of a filter: {total, byStatus, byName, byWorker}, asked for again after changes, but not all the time. */
export function useCounts(filter, changes) {
  const counted = useLoad(({ signal }) => get('/workflows:count', without(filter, 'status'), { signal }), [without(filter, 'status')]);
  const last = useRef(0);
  useEffect(() => {
    if (changes === 0) {
      return undefined;
    }
    const wait = Math.max(0, last.current + COUNT_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      counted.reload();
    }, wait);
    return () => clearTimeout(timer);
  }, [changes]);
  return counted.data;
}
