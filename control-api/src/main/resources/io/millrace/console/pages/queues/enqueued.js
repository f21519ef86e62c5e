// What waits on a queue, in its order, a page at a time, with what can be done to each.
import { html, useState } from '../../lib/html.js';
import { get, segment } from '../../lib/api.js';
import { usePoll } from '../../lib/poll.js';
import { count } from '../../lib/format.js';
import { useStore } from '../../lib/store.js';
import { me, whyNot } from '../../lib/me.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { CommandDialog } from '../../components/command-dialog.js';
import { StatusBadge } from '../../components/status.js';
import { Link } from '../../components/link.js';
import { When } from '../../components/when.js';

const PAGE_SIZE = 50;
const EVERY_MS = 4000;

export function Enqueued({ queue }) {
  // The cursors of the pages before this one, and this one's: the API only knows the way forward.
  const [cursors, setCursors] = useState([undefined]);
  const [command, setCommand] = useState(null);
  const cursor = cursors[cursors.length - 1];
  const { data, problem, reload } = usePoll(
    ({ signal }) => get(`/queues/${segment(queue.queue)}/workflows`, { limit: PAGE_SIZE, cursor }, { signal }), [queue.queue, cursor], EVERY_MS);
  if (problem && !(data && problem.status === 0)) {
    return html`<${ErrorView} problem=${problem} retry=${reload} />`;
  }
  if (!data) {
    return html`<${Loading} what="Loading what waits" />`;
  }
  if (data.items.length === 0 && cursors.length === 1) {
    return html`<${EmptyView} title="Nothing waits on this queue"><p>What is started on it begins at once, or appears here.</p><//>`;
  }
  return html`<div class="stack">
    <${Table} items=${data.items} priorities=${queue.priorityEnabled} keys=${queue.partitioned} onCommand=${(name, row) => setCommand({ name, row })} />
    <nav class="row pages" aria-label="Pages of what waits">
      <button type="button" disabled=${cursors.length === 1} onClick=${() => setCursors(cursors.slice(0, -1))}>Previous</button>
      <span>Page ${cursors.length}</span>
      <button type="button" disabled=${!data.nextCursor} onClick=${() => setCursors([...cursors, data.nextCursor])}>Next</button>
    </nav>
    ${command && html`<${RowCommand} ...${command} onClose=${() => setCommand(null)} onDone=${reload} />`}
  </div>`;
}

function Table({ items, priorities, keys, onCommand }) {
  const why = whyNot(useStore(me), 'OPERATOR');
  const button = (name, label, row) => html`<button type="button" class="plain" disabled=${why !== undefined} title=${why}
    aria-label=${`${label} ${row.workflowId}`} onClick=${() => onCommand(name, row)}>${label}</button>`;
  return html`<table class="table enqueued">
    <caption class="visually-hidden">What waits, in order</caption>
    <thead><tr>
      <th scope="col" class="number">Place</th><th scope="col">Id</th><th scope="col">Name</th><th scope="col">Status</th>
      ${priorities && html`<th scope="col" class="number">Priority</th>`} ${keys && html`<th scope="col">Partition key</th>`}
      <th scope="col">Waits since</th><th scope="col">Actions</th>
    </tr></thead>
    <tbody>${items.map((row) => html`<tr key=${row.workflowId}>
      <td data-label="Place" class="number"><span>${count(row.position)}</span></td>
      <td data-label="Id" class="mono"><${Link} path=${['workflows', row.workflowId]}>${row.workflowId}<//></td>
      <td data-label="Name"><span>${row.name}</span></td>
      <td data-label="Status"><div><${StatusBadge} status=${row.status} waitingFor=${row.waitingFor} /></div></td>
      ${priorities && html`<td data-label="Priority" class="number"><span>${count(row.priority)}</span></td>`}
      ${keys && html`<td data-label="Partition key">${row.partitionKey && html`<span>${row.partitionKey}</span>`}</td>`}
      <td data-label="Waits since"><${When} at=${row.enqueuedAt} /></td>
      <td data-label="Actions"><div class="actions">${button('cancel', 'Cancel', row)} ${priorities && button('priority', 'Priority', row)}</div></td>
    </tr>`)}</tbody>
  </table>`;
}

function RowCommand({ name, row, onClose, onDone }) {
  const [priority, setPriority] = useState(String(row.priority));
  const fields = name === 'priority' && html`<label class="field"><span>Priority, 1 (first) to 1,000,000 (last)</span>
    <input type="number" min="1" max="1000000" step="1" required value=${priority} onInput=${(event) => setPriority(event.target.value)} />
  </label>`;
  return html`<${CommandDialog} command=${name} workflowId=${row.workflowId} fields=${fields}
    body=${name === 'priority' ? { priority: Number(priority) } : {}} onClose=${onClose} onDone=${onDone} />`;
}
