// The list itself: a table, and cards where the screen is narrow.
import { html } from '../../lib/html.js';
import { span } from '../../lib/format.js';
import { isOpen, StatusBadge } from '../../components/status.js';
import { Link } from '../../components/link.js';
import { useNow, When } from '../../components/when.js';

export function WorkflowTable({ items, selection, matches }) {
  const all = items.length > 0 && items.every((row) => selection.has(row.workflowId));
  const some = !all && selection.count > 0;
  return html`<table class="table workflows">
    <caption class="visually-hidden">Workflows, newest first</caption>
    <thead><tr>
      <th scope="col" class="check"><input type="checkbox" aria-label="Select all that are shown" checked=${all} indeterminate=${some}
        onChange=${() => selection.toggleAll(items)} /></th>
      <th scope="col">Id</th><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Queue</th><th scope="col">Version</th>
      <th scope="col">Created</th><th scope="col" class="number">Duration</th><th scope="col" class="number">Steps</th>
    </tr></thead>
    <tbody>${items.map((row) => html`<${Row} key=${row.workflowId} row=${row} selection=${selection} items=${items} leaves=${!matches(row)} />`)}</tbody>
  </table>`;
}

function Row({ row, selection, items, leaves }) {
  const id = row.workflowId;
  const selected = selection.has(id);
  const click = (event) => selection.toggle(row, items, event.shiftKey);
  return html`<tr class=${`${selected ? 'selected' : ''} ${leaves ? 'leaves' : ''}`} title=${leaves ? 'No longer matches the filter' : undefined}>
    <td class="check"><input type="checkbox" aria-label=${`Select ${id}`} checked=${selected} onClick=${click} /></td>
    <td data-label="Id" class="mono id"><${Link} path=${['workflows', id]}>${id}<//></td>
    <td data-label="Name" class="name"><span>${row.name}</span></td>
    <td data-label="Status"><div><${StatusBadge} status=${row.status} waitingFor=${isOpen(row.status) ? row.waitingFor : undefined} />
      ${row.error && html`<div class="row-error" title=${row.error.message}>${row.error.message}</div>`}</div></td>
    <td data-label="Queue" class="queue"><${Link} path=${['queues', row.queue]}>${row.queue}<//></td>
    <td data-label="Version">${row.version && html`<span>${row.version}</span>`}</td>
    <td data-label="Created" class="when"><${When} at=${row.createdAt} /></td>
    <td data-label="Duration" class="number"><${Duration} row=${row} /></td>
    <td data-label="Steps" class="number"><span>${row.stepCount}</span></td>
  </tr>`;
}

/** From when it first ran to its end, or until now. */
function Duration({ row }) {
  return isOpen(row.status) && row.startedAt ? html`<${Running} since=${row.startedAt} />` : html`<span>${total(row)}</span>`;
}

function Running({ since }) {
  const now = useNow();
  return html`<span>${span(Math.max(0, now - Date.parse(since)))}</span>`;
}

function total(row) {
  return row.startedAt && row.completedAt ? span(Date.parse(row.completedAt) - Date.parse(row.startedAt)) : '–';
}
