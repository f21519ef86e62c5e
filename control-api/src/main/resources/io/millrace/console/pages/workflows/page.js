// The list of workflows: filters above, the list below, commands to what is selected.
import { html, useCallback, useMemo, useRef, useState } from '../../lib/html.js';
import { plural } from '../../lib/format.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { FilterBar, apply } from './filter-bar.js';
import { filterOf, isEmpty, matchesRest, statusesOf } from './filter.js';
import { useCounts, useWorkflowList } from './use-list.js';
import { WorkflowTable } from './table.js';
import { SelectionBar, useSelection } from './selection.js';
import { BulkDialog } from './bulk-dialog.js';

/** Scrolled less than this, somebody is at the top of the list. */
const TOP_PX = 60;

export default function WorkflowsPage({ query }) {
  const key = JSON.stringify(filterOf(query));
  const filter = useMemo(() => JSON.parse(key), [key]);
  const table = useRef(null);
  const selection = useSelection();
  const still = useRef(false);
  const [command, setCommand] = useState(null);
  still.current = selection.count > 0 || selection.byFilter || command !== null;
  const mayMove = useCallback(() => !still.current && isAtTop() && !isUsed(table.current), []);
  const list = useWorkflowList(filter, mayMove);
  const counts = useCounts(filter, list.changes);
  const total = totalOf(counts, filter);

  const done = () => {
    setCommand(null);
    selection.clear();
    list.reload();
  };
  return html`
    <div class="page-head"><h1>Workflows</h1>${total !== undefined && html`<span class="hint" role="status">${plural(total, 'workflow')} ${isEmpty(filter) ? '' : matching(total)}</span>`}</div>
    <${FilterBar} filter=${filter} counts=${counts} />
    <div ref=${table} class="list"><${List} list=${list} filter=${filter} selection=${selection} /></div>
    <${SelectionBar} selection=${selection} shown=${list.rows.items.length} total=${total} onCommand=${setCommand} />
    ${command && html`<${BulkDialog} command=${command} target=${targetOf(selection, filter, list.rows.items)} onClose=${() => setCommand(null)} onDone=${done} />`}`;
}

const matching = (total) => (total === 1 ? 'matches' : 'match');

function isAtTop() {
  return window.scrollY < TOP_PX;
}

/** Whether somebody points at a row, or has the focus in one: then it must not move away. */
function isUsed(table) {
  return table !== null && (table.querySelector('tbody:hover') !== null || table.querySelector('tbody')?.contains(document.activeElement));
}

/** The rows as they are now: they may have changed since they were selected. */
function targetOf({ byFilter, rows: selected }, filter, items) {
  const now = new Map(items.map((row) => [row.workflowId, row]));
  const rows = selected.map((row) => now.get(row.workflowId) ?? row);
  return { byFilter, filter, rows, ids: rows.map((row) => row.workflowId) };
}

function totalOf(counts, filter) {
  const statuses = statusesOf(filter);
  if (!counts || statuses.length === 0) {
    return counts?.total;
  }
  return statuses.reduce((sum, status) => sum + (counts.byStatus[status] ?? 0), 0);
}

function List({ list, filter, selection }) {
  const { rows, loading, problem, loadMore, loadingMore, moreProblem, showPending, reload } = list;
  if (problem && rows.items.length === 0) {
    return html`<${ErrorView} problem=${problem} retry=${reload} />`;
  }
  if (loading && rows.items.length === 0) {
    return html`<${Loading} what="Loading the workflows" />`;
  }
  const more = rows.pending.length;
  return html`
    ${more > 0 && html`<button type="button" class="new-ones" onClick=${showPending}>${more} new – show</button>`}
    ${rows.items.length === 0 ? more === 0 && html`<${NoRows} filter=${filter} />` : html`
      <${WorkflowTable} items=${rows.items} selection=${selection} matches=${(row) => matchesRest(filter, row)} />
      ${moreProblem && html`<p class="problem" role="alert">${moreProblem.detail ?? moreProblem.message}</p>`}
      <div class="list-end">${rows.nextCursor
        ? html`<button type="button" onClick=${loadMore} disabled=${loadingMore}>${loadingMore ? 'Loading…' : 'Load more'}</button>`
        : html`<span class="hint">That is all.</span>`}</div>`}`;
}

function NoRows({ filter }) {
  if (isEmpty(filter)) {
    return html`<${EmptyView} title="No workflows yet">
      <p>Start one with the command line, where a worker runs its code. This starts a sample of the development server:</p>
      <pre>./millrace workflow start demo.checkout</pre>
      <p class="hint">It appears here at once. Programs start workflows with the Java client, by the REST API, or with a record on a topic.</p>
    <//>`;
  }
  return html`<${EmptyView} title="No workflow matches">
    <p>There may be others: take conditions away, or clear them all.</p>
    <button type="button" onClick=${() => apply({})}>Clear all conditions</button>
  <//>`;
}
