// Loads what a component shows, again when what it depends on changes, when the server is back, and after an error that passes.
import { useCallback, useEffect, useRef, useState } from './html.js';
import { onReturn } from './connection.js';

const RETRY_SECONDS = 2;

/**
 * The state of a load: {data, problem, loading, reload, setData}. `fetchData` gets {signal}. Data stays while it is loaded anew, unless
 * `deps` changed. `problem` is a ProblemError; where it passes by itself (the engine is away, too many requests) it is tried again.
 */
export function useLoad(fetchData, deps) {
  const [state, setState] = useState({ loading: true });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const setData = useCallback((change) => setState((old) => ({ ...old, data: change(old.data) })), []);
  const latest = useRef(fetchData);
  latest.current = fetchData;
  const key = JSON.stringify(deps);
  const shown = useRef(key);

  useEffect(() => {
    const abort = new AbortController();
    let retry;
    const kept = shown.current === key;
    shown.current = key;
    setState((old) => (kept ? { ...old, loading: true } : { loading: true }));
    latest.current({ signal: abort.signal }).then(
      (data) => !abort.signal.aborted && setState({ data, loading: false }),
      (problem) => {
        if (abort.signal.aborted) {
          return;
        }
        setState((old) => ({ ...old, problem, loading: false }));
        // That the server is there again is noticed elsewhere.
        if (passes(problem) && problem.status !== 0) {
          retry = setTimeout(reload, 1000 * (problem.retryAfter ?? RETRY_SECONDS));
        }
      },
    );
    return () => {
      abort.abort();
      clearTimeout(retry);
    };
  }, [key, round]);

  useEffect(() => onReturn(reload), []);
  return { ...state, reload, setData };
}

/** Whether a problem goes away without anybody doing something. */
export function passes(problem) {
  return problem.status === 503 || problem.status === 429 || problem.status === 0;
}
