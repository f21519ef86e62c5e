// Loads data again and again while the page is looked at: what no event tells of.
import { useEffect } from './html.js';
import { useLoad } from './load.js';

/** As useLoad; loads again `everyMs` after it has loaded. */
export function usePoll(fetchData, deps, everyMs) {
  const state = useLoad(fetchData, deps);
  useEffect(() => {
    if (state.loading) {
      return undefined;
    }
    const timer = setInterval(() => !document.hidden && state.reload(), everyMs);
    return () => clearInterval(timer);
  }, [state.loading, state.reload, everyMs]);
  return state;
}
