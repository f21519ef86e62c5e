// Times, spans and values as people read them. Nothing here knows of the page.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A time in the browser's zone, to the second; '' for none. What is no time stays as it is: somebody may have typed it. */
export function timeOf(iso) {
  if (!iso) {
    return '';
  }
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? String(iso) : FULL.format(ms);
}

/** How long ago: "just now", "12 s ago", "3 min ago", "2 h ago", "5 d ago". Times to come: "in 3 min". */
export function ago(iso, now = Date.now()) {
  if (!iso) {
    return '';
  }
  const distance = now - Date.parse(iso);
  if (Math.abs(distance) < SECOND) {
    return 'just now';
  }
  const text = coarse(Math.abs(distance));
  return distance > 0 ? `${text} ago` : `in ${text}`;
}

function coarse(ms) {
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min`;
  }
  return ms < DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}

/** A span of milliseconds in its two largest units: "12 ms", "1.2 s", "3 min 4 s", "2 h 5 min", "3 d 4 h". */
export function span(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) {
    return '';
  }
  if (ms < SECOND) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }
  if (ms < MINUTE) {
    return `${trimmed(Math.floor(ms / 100) / 10)} s`;
  }
  if (ms < HOUR) {
    return pair(ms, MINUTE, 'min', SECOND, 's');
  }
  return ms < DAY ? pair(ms, HOUR, 'h', MINUTE, 'min') : pair(ms, DAY, 'd', HOUR, 'h');
}

function pair(ms, large, largeName, small, smallName) {
  const rest = Math.floor((ms % large) / small);
  const first = `${Math.floor(ms / large)} ${largeName}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}

function trimmed(number) {
  return number % 1 === 0 ? number.toFixed(0) : number.toFixed(1);
}

const ISO_DURATION = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The milliseconds of an ISO 8601 duration such as PT1M30S; null for what is none. */
export function durationMs(iso) {
  const parts = ISO_DURATION.exec(iso ?? '');
  if (!parts) {
    return null;
  }
  const [days, hours, minutes, seconds] = parts.slice(2).map((part) => Number(part ?? 0));
  const ms = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
  return parts[1] ? -ms : ms;
}

/** A number with separators: 12,345. */
export function count(number) {
  return Number(number).toLocaleString();
}

/** "1 workflow", "3 workflows". */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A value as indented JSON. */
export function prettyJson(value) {
  return JSON.stringify(value, null, 2) ?? '';
}

/** CANCELLING as "Cancelling", TIMED_OUT as "Timed out". */
export function words(constant) {
  const text = String(constant).toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
