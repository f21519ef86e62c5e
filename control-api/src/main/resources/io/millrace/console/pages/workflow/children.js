// Children that are opened in place: their steps are loaded when somebody opens them, and again when the parent changes.
import { useEffect, useRef, useState } from '../../lib/html.js';
import { get, segment } from '../../lib/api.js';
import { allSteps } from './run.js';
import { isClosed } from './steps.js';

/** More steps of a child are not shown in place: the child has a page of its own. */
const MOST_STEPS = 500;

/** How often open children are looked at. */
const LOOK_EVERY_MS = 2000;

/** `open` is `childWorkflowId -> {workflow, steps, loading, problem, more}`; `toggle(id)` opens or closes one. */
export function useChildren(parent) {
  const [open, setOpen] = useState({});
  const latest = useRef(open);
  latest.current = open;
  const put = (id, child) => setOpen((old) => (old[id] ? { ...old, [id]: child } : old));
  const load = (id) => loadChild(id).then(
    (child) => put(id, child),
    (problem) => put(id, { steps: [], ...latest.current[id], loading: false, problem }),
  );
  const toggle = (id) => {
    if (latest.current[id]) {
      setOpen(({ [id]: closed, ...others }) => others);
    } else {
      setOpen((old) => ({ ...old, [id]: { workflow: null, steps: [], loading: true } }));
      load(id);
    }
  };
  useEffect(() => {
    const look = () => {
      if (!document.hidden) {
        Object.entries(latest.current).filter(([, child]) => mayChange(child)).forEach(([id]) => load(id));
      }
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [parent.workflowId]);
  return { open, toggle };
}

function mayChange({ workflow, loading }) {
  return !loading && (!workflow || !isClosed(workflow));
}

async function loadChild(id) {
  const workflow = await get(`/workflows/${segment(id)}`);
  const steps = await allSteps(id, { most: MOST_STEPS });
  return { workflow, steps, loading: false, problem: null, more: workflow.stepCount > steps.length };
}
