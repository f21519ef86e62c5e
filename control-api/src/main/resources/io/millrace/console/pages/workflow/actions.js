// What can be done with a workflow in its status, and the dialogs that do it.
import { html, useState } from '../../lib/html.js';
import { may, me, whyNot } from '../../lib/me.js';
import { useStore } from '../../lib/store.js';
import { CommandDialog } from '../../components/command-dialog.js';
import { ForkDialog } from './fork-dialog.js';
import { MessageDialog } from './message-dialog.js';
import { RewindDialog } from './rewind-dialog.js';
import { isClosed } from './steps.js';

/** The commands in the order of their buttons, and the statuses that each is for; as the handbook's table has it. */
const COMMANDS = [
  { command: 'unpause', label: 'Unpause', in: ['PAUSED'], primary: true },
  { command: 'resume', label: 'Resume', in: ['CANCELLED', 'FAILED', 'TERMINATED', 'TIMED_OUT', 'RETRIES_EXHAUSTED'], primary: true },
  { command: 'resume', label: 'Run now', in: ['DELAYED', 'ENQUEUED'] },
  { command: 'pause', label: 'Pause', in: ['DELAYED', 'ENQUEUED', 'RUNNING'] },
  { command: 'cancel', label: 'Cancel', in: ['DELAYED', 'ENQUEUED', 'RUNNING', 'PAUSED'], danger: true },
  { command: 'terminate', label: 'Terminate', in: ['DELAYED', 'ENQUEUED', 'RUNNING', 'PAUSED', 'CANCELLING'], danger: true },
];

/** These make children stop too, unless it is said otherwise. */
const CASCADING = new Set(['cancel', 'terminate']);

export function Actions({ workflow, steps, changed, go }) {
  const [open, setOpen] = useState(null);
  const person = useStore(me);
  const allowed = may(person, 'OPERATOR');
  const why = whyNot(person, 'OPERATOR');
  const button = (key, label, look = '') =>
    html`<button type="button" key=${label} class=${look} disabled=${!allowed} title=${why} onClick=${() => setOpen(key)}>${label}</button>`;
  const close = () => setOpen(null);
  const commands = COMMANDS.filter((each) => each.in.includes(workflow.status));
  return html`<div class="doings" role="group" aria-label="What can be done">
    ${commands.map((each) => button(each.command, each.label, each.primary ? 'primary' : each.danger ? 'danger' : ''))}
    ${isClosed(workflow) && button('rewind', 'Rewind')}
    ${!isClosed(workflow) && button('message', 'Send message')}
    ${button('fork', 'Fork')}
    ${open && html`<${OpenDialog} command=${open} workflow=${workflow} steps=${steps} onClose=${close} changed=${changed} go=${go} />`}
  </div>`;
}

function OpenDialog({ command, workflow, steps, onClose, changed, go }) {
  const more = { workflow, steps, onClose, onDone: changed };
  if (command === 'rewind') {
    return html`<${RewindDialog} ...${more} onDone=${() => (go({ step: null }), changed())} />`;
  }
  if (command === 'message') {
    return html`<${MessageDialog} ...${more} />`;
  }
  if (command === 'fork') {
    return html`<${ForkDialog} ...${more} />`;
  }
  return html`<${PlainCommand} command=${command} ...${more} />`;
}

function PlainCommand({ command, workflow, onClose, onDone }) {
  const [cascade, setCascade] = useState(true);
  const fields = CASCADING.has(command) && html`<label class="tick-box">
    <input type="checkbox" checked=${cascade} onChange=${(event) => setCascade(event.target.checked)} /> <span>Its children too</span>
  </label>`;
  const body = CASCADING.has(command) && !cascade ? { cascade } : {};
  return html`<${CommandDialog} command=${command} workflowId=${workflow.workflowId} fields=${fields} body=${body} onClose=${onClose} onDone=${onDone} />`;
}
