// What differs between two JSON values, place by place. Pure.

/** More places than this are not listed one by one: nobody reads them. */
export const MAX_DIFFERENCES = 500;

/**
 * The places where two values differ, in order: `[{path, kind: 'added'|'removed'|'changed', before, after}]`. A path reads like code:
 * `$.items[2].price`.
 */
export function differences(before, after) {
  const found = [];
  compare('$', before, after, found);
  return found;
}

export function isSame(before, after) {
  return differences(before, after).length === 0;
}

function compare(path, before, after, found) {
  if (found.length > MAX_DIFFERENCES || Object.is(before, after)) {
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      entry(`${path}[${i}]`, i < before.length, before[i], i < after.length, after[i], found);
    }
  } else if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      entry(path + segment(key), Object.hasOwn(before, key), before[key], Object.hasOwn(after, key), after[key], found);
    }
  } else {
    found.push({ path, kind: 'changed', before, after });
  }
}

function entry(path, inBefore, before, inAfter, after, found) {
  if (inBefore && inAfter) {
    compare(path, before, after, found);
  } else {
    found.push(inBefore ? { path, kind: 'removed', before } : { path, kind: 'added', after });
  }
}

function segment(key) {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
