// JSON without loss: a number that JavaScript cannot hold as it is written (12345678901234567890, 1.10) stays as it is written. Such a number is
// an object that JSON.stringify writes as the text it was; where a browser knows no such thing, it is rounded as ever.

const KEEPS_SOURCE = typeof JSON.rawJSON === 'function';

export function parseExact(text) {
  return KEEPS_SOURCE ? JSON.parse(text, keep) : JSON.parse(text);
}

function keep(key, value, context) {
  return typeof value === 'number' && String(value) !== context.source ? JSON.rawJSON(context.source) : value;
}
