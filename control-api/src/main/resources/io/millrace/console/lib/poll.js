// Loads data again and again while the page is looked at: what no event tells of.
import { useEffect } from './html.js';
import { passes, useLoad } from './load.js';

/** As useLoad; loads again `everyMs` after it has loaded. Not after what somebody has to do something about, such as signing in. */
export function usePoll(fetchData, deps, everyMs) {
  const state = useLoad(fetchData, deps);
  useEffect(() => {
    if (state.loading || (state.problem && !passes(state.problem))) {
      return undefined;
    }
    const timer = setInterval(() => !document.hidden && state.reload(), everyMs);
    return () => clearInterval(timer);
  }, [state.loading, state.problem, state.reload, everyMs]);
  return state;
}
