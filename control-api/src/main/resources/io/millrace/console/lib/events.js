// Follows status changes: server-sent events read with fetch, because EventSource cannot send a token. Reconnects and resumes by itself.
import { apiUrl, request } from './api.js';
import { onReturn, stream } from './connection.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** The server says that it is there every 15 s; silence of twice that means that the connection is dead. */
const SILENCE_MS = 35_000;

/**
 * Follows the workflows that match. `onPosition(resumed)` is called when the stream has begun: load what is shown then, and nothing is
 * missed; `resumed` says that the stream goes on where it was. `onWorkflow(workflow)` is called for each change, `onState(state)` with
 * 'live', 'connecting' or 'offline'. While the page is hidden nothing is read: a browser has few connections. Returns what stops it.
 */
export function watch(params, { onWorkflow, onState = () => {}, onPosition = () => {} }) {
  const follower = new Follower(params, { onWorkflow, onState, onPosition });
  follower.start();
  return () => follower.stop();
}

class Follower {
  constructor(params, handlers) {
    this.params = params;
    this.handlers = handlers;
    this.position = null;
    this.stopped = false;
    this.wait = FIRST_WAIT_MS;
    this.onVisibility = () => (document.hidden ? this.cut() : this.connect());
  }

  start() {
    document.addEventListener('visibilitychange', this.onVisibility);
    this.stopReturns = onReturn(() => this.connect());
    this.connect();
  }

  stop() {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.stopReturns();
    this.cut();
    stream.set(null);
  }

  cut() {
    clearTimeout(this.again);
    this.abort?.abort();
    this.abort = null;
  }

  say(state) {
    if (!this.stopped) {
      this.handlers.onState(state);
      stream.set(state);
    }
  }

  async connect() {
    if (this.stopped || this.abort || document.hidden) {
      return;
    }
    clearTimeout(this.again);
    const abort = new AbortController();
    this.abort = abort;
    this.say('connecting');
    let refused = false;
    try {
      await this.read(abort);
    } catch (error) {
      if (error.status === 400 && this.position !== null) {
        this.position = null; // The server no longer knows the position: begin anew.
      }
      refused = error.status === 401 || error.status === 403; // Asking again would ask the user again, too.
    }
    if (this.abort === abort) {
      this.abort = null;
      this.say('offline');
      if (refused) {
        return;
      }
      this.again = setTimeout(() => this.connect(), this.wait);
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
    }
  }

  async read(abort) {
    const resumed = this.position !== null;
    const headers = { Accept: 'text/event-stream', ...(resumed ? { 'Last-Event-ID': this.position } : {}) };
    const response = await request(apiUrl('/events', this.params), { headers, signal: abort.signal });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventParser((event) => this.handle(event));
    this.wait = FIRST_WAIT_MS;
    if (resumed) {
      this.say('live');
      this.handlers.onPosition(true);
    }
    for (;;) {
      const silence = setTimeout(() => abort.abort(), SILENCE_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) {
        return;
      }
      events.feed(value);
    }
  }

  handle({ type, id, data }) {
    if (this.stopped) {
      return;
    }
    const begun = this.position === null;
    this.position = id ?? this.position;
    if (type === 'position' && begun) {
      this.say('live');
      this.handlers.onPosition(false);
    } else if (type === 'workflow') {
      this.handlers.onWorkflow(JSON.parse(data));
    }
  }
}

/** Takes text as it comes and gives whole events, {type, id, data}, as the HTML standard parses them. */
export class EventParser {
  constructor(onEvent) {
    this.onEvent = onEvent;
    this.rest = '';
    this.clear();
  }

  clear() {
    this.type = 'message';
    this.id = undefined;
    this.data = [];
  }

  feed(text) {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop();
    lines.forEach((line) => this.line(line.replace(/\r$/, '')));
  }

  line(line) {
    if (line === '') {
      // An id without data moves the position, too.
      if (this.data.length > 0 || this.id !== undefined) {
        this.onEvent({ type: this.type, id: this.id, data: this.data.join('\n') });
      }
      this.clear();
      return;
    }
    const [field, value = ''] = line.split(/: ?(.*)/s);
    if (field === 'event') {
      this.type = value;
    } else if (field === 'id') {
      this.id = value;
    } else if (field === 'data') {
      this.data.push(value);
    }
  }
}
