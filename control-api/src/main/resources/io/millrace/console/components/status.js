// A workflow's status: a colour and a word, and what it waits for.
import { html } from '../lib/html.js';
import { timeOf, words } from '../lib/format.js';

/** All statuses, in the order in which people look for them. */
export const STATUSES = [
  'RUNNING', 'ENQUEUED', 'DELAYED', 'PAUSED', 'CANCELLING',
  'COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT', 'RETRIES_EXHAUSTED',
];

const TONES = {
  RUNNING: 'busy', ENQUEUED: 'waiting', DELAYED: 'waiting', PAUSED: 'held', CANCELLING: 'held',
  COMPLETED: 'good', FAILED: 'bad', RETRIES_EXHAUSTED: 'bad', TIMED_OUT: 'bad', CANCELLED: 'ended', TERMINATED: 'ended',
};

const OPEN = new Set(['RUNNING', 'ENQUEUED', 'DELAYED', 'PAUSED', 'CANCELLING']);

/** 'busy', 'waiting', 'held', 'good', 'bad' or 'ended': which colour a status has. Steps' statuses too: unknown ones are 'waiting'. */
export function toneOf(status) {
  return TONES[status] ?? 'waiting';
}

export function isOpen(status) {
  return OPEN.has(status);
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** What the engine says of it, with its times as the browser shows times. */
export function localTimes(text) {
  return text.replace(TIME, (iso) => timeOf(iso));
}

export function StatusBadge({ status, waitingFor }) {
  return html`<span class="status" data-status=${status}>
    <span class=${`badge tone-${toneOf(status)}`}>${words(status)}</span>
    ${waitingFor && html`<span class="waiting-for">waits for ${localTimes(waitingFor)}</span>`}
  </span>`;
}
