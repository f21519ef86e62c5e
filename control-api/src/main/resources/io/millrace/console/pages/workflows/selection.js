// Which workflows are selected: some rows, or all that match the filter. And the bar that says so, with the commands.
import { html, useState } from '../../lib/html.js';
import { plural } from '../../lib/format.js';
import { useStore } from '../../lib/store.js';
import { me, whyNot } from '../../lib/me.js';
import { BULK } from './bulk-commands.js';

/** {rows, has, count, byFilter, toggle, toggleAll, selectMatching, clear}: rows are kept by id, also those that are no longer shown. */
export function useSelection() {
  const [rows, setRows] = useState(new Map());
  const [byFilter, setByFilter] = useState(false);
  const [last, setLast] = useState(null);
  const put = (change) => {
    const next = new Map(rows);
    change(next);
    setRows(next);
    setByFilter(false);
  };
  return {
    rows: [...rows.values()],
    count: rows.size,
    byFilter,
    has: (id) => byFilter || rows.has(id),
    toggle(row, items, range) {
      const chosen = !rows.has(row.workflowId);
      put((next) => (range ? between(items, last, row) : [row]).forEach((one) => set(next, one, chosen)));
      setLast(row.workflowId);
    },
    toggleAll(items) {
      const chosen = !items.every((row) => rows.has(row.workflowId));
      put((next) => items.forEach((row) => set(next, row, chosen)));
    },
    selectMatching: () => setByFilter(true),
    clear() {
      setRows(new Map());
      setByFilter(false);
    },
  };
}

function set(rows, row, chosen) {
  if (chosen) {
    rows.set(row.workflowId, row);
  } else {
    rows.delete(row.workflowId);
  }
}

function between(items, lastId, row) {
  const from = items.findIndex((one) => one.workflowId === lastId);
  const to = items.indexOf(row);
  return from < 0 ? [row] : items.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** `total`: how many match the filter; undefined until it is known. */
export function SelectionBar({ selection, shown, total, onCommand }) {
  const person = useStore(me);
  if (selection.count === 0 && !selection.byFilter) {
    return null;
  }
  const why = whyNot(person, 'OPERATOR');
  const more = !selection.byFilter && total !== undefined && total > selection.count && selection.count >= shown;
  return html`<div class="selection" role="region" aria-label="Selection">
    <strong role="status">${selection.byFilter ? `All ${total === undefined ? '' : plural(total, 'workflow')} that match the filter` : `${plural(selection.count, 'workflow')} selected`}</strong>
    ${more && html`<button type="button" class="plain" onClick=${selection.selectMatching}>Select all ${plural(total, 'workflow')} that match</button>`}
    <div class="selection-commands">
      ${Object.entries(BULK).map(([name, { button, danger }]) => html`<button type="button" key=${name} class=${danger ? 'danger' : ''}
        disabled=${why !== undefined} title=${why} onClick=${() => onCommand(name)}>${button}</button>`)}
      <button type="button" class="plain" onClick=${selection.clear}>Clear selection</button>
    </div>
    ${why && html`<span class="hint">${why}</span>`}
  </div>`;
}
