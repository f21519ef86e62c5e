// The commands to many workflows: what each is called, and what it comes to in each status, as docs/handbook/control.md has it. No page in here.
import { COMMANDS } from '../../components/command-dialog.js';

const OPEN = ['DELAYED', 'ENQUEUED', 'RUNNING', 'PAUSED', 'CANCELLING'];
const WAITING = ['DELAYED', 'ENQUEUED'];
const BROKEN = ['FAILED', 'TIMED_OUT', 'RETRIES_EXHAUSTED'];

const REFUSED = 'refused';
const NOTHING = 'nothing changes';

/** `button`: in the bar; `fate(status)`: what becomes of a workflow in that status; `body`: what the API gets besides. */
export const BULK = {
  cancel: {
    ...COMMANDS.cancel, button: 'Cancel',
    fate(status) {
      if (WAITING.includes(status)) {
        return 'cancelled at once';
      }
      if (['CANCELLING', 'CANCELLED'].includes(status)) {
        return NOTHING;
      }
      return OPEN.includes(status) ? 'cancelled after its clean-up' : `${REFUSED}: it has ended`;
    },
  },
  terminate: {
    ...COMMANDS.terminate, button: 'Terminate',
    fate: (status) => (OPEN.includes(status) ? 'ends at once' : `${REFUSED}: it has ended`),
  },
  resume: {
    ...COMMANDS.resume, button: 'Resume',
    fate(status) {
      if (WAITING.includes(status)) {
        return 'runs now, before all others and past the limits of its queue';
      }
      const other = {
        RUNNING: NOTHING,
        PAUSED: `${REFUSED}: unpause it instead`,
        CANCELLING: `${REFUSED} until it is cancelled`,
        COMPLETED: `${REFUSED}: fork it instead`,
      };
      return other[status] ?? 'goes on after its last completed step';
    },
  },
  fork: {
    ...COMMANDS.fork, button: 'Fork from last failure', body: { from: 'LAST_FAILURE' },
    explains: 'For each workflow a new one is made, with the same input and the results of all steps before the one that failed last, and runs from there.',
    fate: (status) => (BROKEN.includes(status) ? 'a new workflow, from the step that failed' : `a new workflow where a step has failed; else ${REFUSED}`),
  },
  priority: {
    verb: 'Set priority', button: 'Priority…', needs: 'priority',
    explains: 'Workflows that wait get another place in their queue: 1 goes first, 1,000,000 last. The queue must have priorities enabled.',
    fate: (status) => (WAITING.includes(status) ? 'gets the priority, where its queue has priorities' : `${REFUSED}: it does not wait in a queue`),
  },
  move: {
    verb: 'Move', button: 'Move…', needs: 'queue',
    explains: 'Workflows that wait go to another queue, at the end of those of their priority.',
    fate: (status) => (WAITING.includes(status) ? 'waits in the other queue' : `${REFUSED}: it does not wait in a queue`),
  },
};
