// The workflows that a worker has now, when somebody wants to see them. The API lists by queue, so they are picked from those of its queues.
import { html, useState } from '../../lib/html.js';
import { get } from '../../lib/api.js';
import { useLoad } from '../../lib/load.js';
import { plural } from '../../lib/format.js';
import { Link } from '../../components/link.js';
import { StatusBadge } from '../../components/status.js';
import { Loading } from '../../components/views.js';

/** The newest of each queue: the largest page that the API gives. */
const LOOKED_AT = 500;

export function WorkedOn({ worker }) {
  const held = worker.running;
  const [open, setOpen] = useState(false);
  if (held === 0) {
    return html`<p class="hint">It has no workflows now.</p>`;
  }
  return html`<div class="stack">
    <div><button type="button" aria-expanded=${open} onClick=${() => setOpen(!open)}>${open ? 'Hide' : 'Show'} the ${plural(held, 'workflow')} that it has</button></div>
    ${open && html`<${Workflows} worker=${worker} held=${held} />`}
  </div>`;
}

function Workflows({ worker, held }) {
  const { data, problem } = useLoad(({ signal }) => load(worker, signal), [worker.workerId, held]);
  if (problem) {
    return html`<p class="problem" role="alert">${problem.detail ?? problem.title}</p>`;
  }
  if (!data) {
    return html`<${Loading} />`;
  }
  return html`
    <ul class="worked-on">${data.map((row) => html`<li key=${row.workflowId}>
      <${Link} path=${['workflows', row.workflowId]} class="mono">${row.workflowId}<//> <${StatusBadge} status=${row.status} />
    </li>`)}</ul>
    ${data.length < held && html`<p class="hint">Of the ${LOOKED_AT} newest open workflows of each of its queues. Others are older, or changed hands meanwhile.</p>`}`;
}

async function load(worker, signal) {
  const ofQueue = (queue) => get('/workflows', { queue, status: 'RUNNING,CANCELLING', limit: LOOKED_AT }, { signal });
  const pages = await Promise.all(worker.queues.map(ofQueue));
  return pages.flatMap((page) => page.items).filter((row) => row.workerId === worker.workerId);
}
