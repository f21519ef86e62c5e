// Asks for confirmation and a reason before a workflow is told to cancel, to resume and so on, and sends the command.
import { html, useId, useState } from '../lib/html.js';
import { post, segment } from '../lib/api.js';
import { words } from '../lib/format.js';
import { Dialog } from './dialog.js';
import { notify } from './notify.js';

/** The commands to workflows: what each is called, and what it does, for whoever is about to give it. */
export const COMMANDS = {
  cancel: {
    verb: 'Cancel', danger: true,
    explains: 'The step that runs ends and is kept; then the workflow may clean up, and is cancelled. Its children are cancelled too.',
  },
  terminate: {
    verb: 'Terminate', danger: true,
    explains: 'The workflow ends at once, without any clean-up. Its children end too. Use it where cancelling takes too long.',
  },
  pause: { verb: 'Pause', explains: 'The workflow stops before its next step, and keeps everything. Unpause it to go on.' },
  unpause: { verb: 'Unpause', explains: 'The workflow goes on where it was paused.' },
  resume: {
    verb: 'Resume',
    explains: 'A workflow that has ended goes on from its last completed step, with fresh attempts. One that waits in its queue runs now.',
  },
  fork: {
    verb: 'Fork',
    explains: 'A new workflow is made with the same input and the results of the steps before the chosen one, and runs from there. This one stays as it is.',
  },
  priority: {
    verb: 'Set priority',
    explains: 'The workflow gets another place in its queue: 1 goes first, 1,000,000 last. The queue must have priorities enabled.',
  },
  rewind: {
    verb: 'Rewind', danger: true,
    explains: 'The workflow goes back to the chosen step and runs from there, under the same id. Later steps are dropped from it; its history keeps them.',
  },
};

/**
 * A dialog for one command to one workflow. `fields` are further inputs, `body` what they come to; `onDone(answer)` is called once the engine
 * has accepted the command. What it refuses is shown with the reason, and may be tried again.
 */
export function CommandDialog({ command, workflowId, fields, body = {}, onClose, onDone = () => {} }) {
  const { verb, explains, danger } = COMMANDS[command];
  const [reason, setReason] = useState('');
  const [state, setState] = useState({ sending: false });
  const form = useId();
  const send = async (event) => {
    event.preventDefault();
    setState({ sending: true });
    try {
      const given = reason.trim() === '' ? body : { ...body, reason: reason.trim() };
      const answer = await post(`/workflows/${segment(workflowId)}/${command}`, given);
      notify(`${verb}: accepted. ${workflowId} is now ${words(answer.status).toLowerCase()}.`, { kind: 'good' });
      onDone(answer);
      onClose();
    } catch (problem) {
      setState({ sending: false, problem });
    }
  };
  const actions = html`
    <button type="button" onClick=${onClose}>Keep as it is</button>
    <button type="submit" form=${form} class=${danger ? 'primary danger' : 'primary'} disabled=${state.sending}>${verb}</button>`;
  return html`<${Dialog} title=${`${verb} ${workflowId}`} onClose=${onClose} actions=${actions}>
    <form id=${form} class="stack" onSubmit=${send}>
      <p>${explains}</p>
      ${fields}
      <${ReasonField} value=${reason} onInput=${setReason} />
      ${state.problem && html`<p class="problem" role="alert">${state.problem.detail ?? state.problem.title}</p>`}
    </form>
  <//>`;
}

/** Why, for the history. */
export function ReasonField({ value, onInput }) {
  return html`<label class="field">
    <span>Reason <span class="hint">(optional, kept in the history)</span></span>
    <input type="text" name="reason" maxlength="2000" autocomplete="off" autofocus value=${value} onInput=${(event) => onInput(event.target.value)} />
  </label>`;
}
