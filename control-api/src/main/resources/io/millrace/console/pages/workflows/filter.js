// Which workflows are listed: what the address says, as the API takes it, as words, and as a test of one workflow. No page in here.
import { timeOf, words } from '../../lib/format.js';

const ATTRIBUTE = 'attribute.';

/** The conditions that have one value, by the names that the API gives them. */
export const CONDITIONS = {
  idPrefix: 'id begins with',
  name: 'name',
  queue: 'queue',
  version: 'version',
  createdAfter: 'created after',
  createdBefore: 'created before',
  parent: 'parent',
  forkedFrom: 'forked from',
};

/** The filter that an address describes: what is no condition is left out. */
export function filterOf(query) {
  const known = ([name, value]) => value !== '' && (name === 'status' || name in CONDITIONS || name.startsWith(ATTRIBUTE));
  return Object.fromEntries(Object.entries(query).filter(known));
}

export function statusesOf(filter) {
  return filter.status ? filter.status.toUpperCase().split(',') : [];
}

/** The same filter without some of its conditions. */
export function without(filter, ...names) {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !names.includes(name)));
}

/** With another value for a condition; '' takes it away. */
export function withCondition(filter, name, value) {
  return value === '' ? without(filter, name) : { ...filter, [name]: value };
}

export function toggleStatus(filter, status) {
  const chosen = statusesOf(filter);
  const next = chosen.includes(status) ? chosen.filter((other) => other !== status) : [...chosen, status];
  return withCondition(filter, 'status', next.join(','));
}

/** "customer=17" as a condition on an attribute; null where there is no '='. */
export function attributeCondition(text) {
  const at = text.indexOf('=');
  return at < 1 ? null : { name: ATTRIBUTE + text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

/** A condition in words. */
export function describe(name, value) {
  if (name === 'status') {
    return `status ${value.split(',').map(words).join(' or ')}`;
  }
  if (name.startsWith(ATTRIBUTE)) {
    return `${name.slice(ATTRIBUTE.length)} = ${value}`;
  }
  return `${CONDITIONS[name]} ${name.startsWith('created') ? timeOf(value) : value}`;
}

export function isEmpty(filter) {
  return Object.keys(filter).length === 0;
}

/** What of a filter the stream of events takes: no times; and not the status, so that it tells of those that leave the filter too. */
export function streamParams(filter) {
  return without(filter, 'status', 'createdAfter', 'createdBefore');
}

/** Whether a workflow that the stream has sent matches the rest of the filter. */
export function matchesRest(filter, workflow) {
  const statuses = statusesOf(filter);
  const created = Date.parse(workflow.createdAt);
  return (
    (statuses.length === 0 || statuses.includes(workflow.status)) &&
    (!filter.createdAfter || created > Date.parse(filter.createdAfter)) &&
    (!filter.createdBefore || created < Date.parse(filter.createdBefore))
  );
}
