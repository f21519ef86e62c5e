// Sends a message to an open workflow.
import { html, useId, useState } from '../../lib/html.js';
import { post, segment } from '../../lib/api.js';
import { Dialog } from '../../components/dialog.js';
import { notify } from '../../components/notify.js';
import { ReasonField } from '../../components/command-dialog.js';
import { JsonField, parsed } from './json-field.js';

export function MessageDialog({ workflow, steps, onClose, onDone }) {
  const awaited = steps.filter((step) => step.kind === 'RECEIVE' && step.status === 'WAITING').map((step) => step.name);
  const [topic, setTopic] = useState(awaited[0] ?? 'default');
  const [text, setText] = useState('{}');
  const [key, setKey] = useState('');
  const [reason, setReason] = useState('');
  const [state, setState] = useState({ sending: false });
  const form = useId();
  const payload = parsed(text);
  const send = async (event) => {
    event.preventDefault();
    setState({ sending: true });
    try {
      const more = { ...(key.trim() ? { idempotencyKey: key.trim() } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) };
      await post(`/workflows/${segment(workflow.workflowId)}/messages`, { topic, payload: payload.value, ...more });
      notify(`The message on "${topic}" has arrived.`, { kind: 'good' });
      onDone();
      onClose();
    } catch (problem) {
      setState({ sending: false, problem });
    }
  };
  const actions = html`<button type="button" onClick=${onClose}>Close</button>
    <button type="submit" form=${form} class="primary" disabled=${state.sending || !payload.ok}>Send</button>`;
  return html`<${Dialog} title=${`Send a message to ${workflow.workflowId}`} onClose=${onClose} actions=${actions}>
    <form id=${form} class="stack" onSubmit=${send}>
      <p>The message is kept until the workflow receives one of its topic.
        ${awaited.length > 0 && ` It waits on ${awaited.map((name) => `"${name}"`).join(', ')} now.`}</p>
      <label class="field"><span>Topic</span>
        <input type="text" name="topic" required maxlength="256" value=${topic} onInput=${(event) => setTopic(event.target.value)} /></label>
      <${JsonField} label="Message" name="payload" text=${text} onInput=${setText} />
      <label class="field"><span>Idempotency key <span class="hint">(optional: of messages with the same key, one is taken)</span></span>
        <input type="text" name="idempotencyKey" maxlength="256" value=${key} onInput=${(event) => setKey(event.target.value)} /></label>
      <${ReasonField} value=${reason} onInput=${setReason} />
      ${state.problem && html`<p class="problem" role="alert">${state.problem.detail ?? state.problem.title}</p>`}
    </form>
  <//>`;
}
