// The rows of the list and what events do to them: known ones change in place, new ones wait to be shown. No page in here.

/** Rows that begin a page. */
export const PAGE_SIZE = 50;

/** More new ones than these are not put in one by one: the list is loaded anew. */
export const MOST_PENDING = 200;

export const EMPTY = { items: [], nextCursor: undefined, pending: [] };

/** The first page, as the API answered it. */
export function firstPage({ items, nextCursor }) {
  return { items, nextCursor, pending: [] };
}

/** With a further page behind; a row that is there already is not there twice. */
export function withPage(rows, { items, nextCursor }) {
  const known = new Set(rows.items.map((row) => row.workflowId));
  return { ...rows, items: [...rows.items, ...items.filter((row) => !known.has(row.workflowId))], nextCursor };
}

function newer(one, other) {
  // As times, and not as text: whole seconds are written without a fraction.
  const difference = Date.parse(one.createdAt) - Date.parse(other.createdAt);
  return difference === 0 ? one.workflowId < other.workflowId : difference > 0;
}

/** What is as old as what is not loaded yet comes when that is loaded. */
function beyondLoaded(rows, workflow) {
  return rows.nextCursor !== undefined && rows.items.length > 0 && newer(rows.items[rows.items.length - 1], workflow);
}

/** After one event. `matches` says whether the workflow matches the filter as it is now. */
export function withEvent(rows, workflow, matches) {
  const same = (row) => row.workflowId === workflow.workflowId;
  if (rows.items.some(same)) {
    return { ...rows, items: rows.items.map((row) => (same(row) && !isOlder(workflow, row) ? workflow : row)) };
  }
  const others = rows.pending.filter((row) => !same(row));
  const pending = matches && !beyondLoaded(rows, workflow) ? [...others, workflow] : others;
  return pending.length === rows.pending.length && others.length === pending.length ? rows : { ...rows, pending };
}

/** Events that come again after a connection was lost may be older than what is shown. */
function isOlder(workflow, row) {
  return Date.parse(workflow.updatedAt) < Date.parse(row.updatedAt);
}

/** With the new ones in their places. */
export function withPendingShown(rows) {
  const items = [...rows.items, ...rows.pending].sort((one, other) => (newer(one, other) ? -1 : 1));
  return { ...rows, items, pending: [] };
}
