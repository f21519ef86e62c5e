// What became of each workflow of a command to many: what was refused and why, and which forks were made.
import { html, useState } from '../../lib/html.js';
import { count, plural } from '../../lib/format.js';
import { StatusBadge } from '../../components/status.js';
import { Link } from '../../components/link.js';

/** More rows than these make a dialog slow; the rest is a click away. */
const SHOWN = 100;

/** `asked`: how many should have got the command; there are fewer items when it was stopped, or a request failed. */
export function Outcome({ items, asked }) {
  const refused = items.filter((item) => !item.accepted);
  const accepted = items.filter((item) => item.accepted);
  const left = (asked ?? items.length) - items.length;
  return html`<div class="stack outcome" role="status">
    <p><strong>${count(accepted.length)} accepted</strong>, <strong>${count(refused.length)} refused</strong>${left > 0 && `, ${count(left)} not sent`}.</p>
    ${refused.length > 0 && html`<${Items} title="Refused, and why" items=${refused} />`}
    ${accepted.length > 0 && html`<${Items} title="Accepted" items=${accepted} />`}
  </div>`;
}

function Items({ title, items }) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, SHOWN);
  return html`<section class="stack">
    <h3>${title}</h3>
    <ul class="items">${shown.map((item) => html`<li key=${item.workflowId}>
      <${Link} path=${['workflows', item.workflowId]} class="mono">${item.workflowId}<//>
      ${item.status !== 'UNKNOWN' && html`<${StatusBadge} status=${item.status} />`}
      ${item.note && html`<span class="item-note">${item.note}</span>`}
      ${item.forkWorkflowId && html`<span class="item-note">new: <${Link} path=${['workflows', item.forkWorkflowId]} class="mono">${item.forkWorkflowId}<//></span>`}
    </li>`)}</ul>
    ${shown.length < items.length && html`<button type="button" onClick=${() => setAll(true)}>Show all ${plural(items.length, 'workflow')}</button>`}
  </section>`;
}
