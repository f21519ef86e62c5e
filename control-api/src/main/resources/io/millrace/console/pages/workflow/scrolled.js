// Drawing only what is seen: which part of a scrolled element that is, and a list that draws no other rows.
import { html, useEffect, useLayoutEffect, useState } from '../../lib/html.js';

/** So much beyond the edges is drawn too, in pixels, so that scrolling does not show what is empty. */
const OVERSCAN = 300;

/** Until the element has been measured. */
const UNMEASURED = { x: 0, y: 0, width: 800, height: 600, room: 800 };

/** The part of an element that is drawn, in pixels of its content, kept current while it is scrolled or resized; `room` is how wide the element is. */
export function useSeen(ref) {
  const [seen, setSeen] = useState(UNMEASURED);
  useLayoutEffect(() => {
    const element = ref.current;
    const measure = () => {
      const now = {
        x: element.scrollLeft - OVERSCAN,
        y: element.scrollTop - OVERSCAN,
        width: element.clientWidth + 2 * OVERSCAN,
        height: element.clientHeight + 2 * OVERSCAN,
        room: element.clientWidth,
      };
      setSeen((before) => (same(before, now) ? before : now));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, []);
  return seen;
}

function same(a, b) {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.room === b.room;
}

/** Scrolls so that a box, in pixels of the content, is seen whole if it can be. */
export function reveal(element, box, margin = 24) {
  const { scrollLeft: left, scrollTop: top, clientWidth, clientHeight } = element;
  const to = (at, size, from, room) =>
    at - margin < from ? at - margin : at + size + margin > from + room ? at + size + margin - room : from;
  element.scrollTo({ left: to(box.x, box.width, left, clientWidth), top: to(box.y, box.height, top, clientHeight) });
}

/**
 * Rows of equal height, of which only those that are seen are drawn. `row(index)` draws one; `head` stays above them. `revealed` is the
 * index of a row that is to be seen, whenever it changes.
 */
export function Rows({ count, height, row, head, label, className, scroller, revealed }) {
  const seen = useSeen(scroller);
  const first = Math.max(0, Math.floor(seen.y / height));
  const last = Math.min(count, Math.ceil((seen.y + seen.height) / height));
  useEffect(() => {
    if (revealed >= 0) {
      reveal(scroller.current, { x: scroller.current.scrollLeft, y: revealed * height, width: 0, height }, height);
    }
  }, [revealed]);
  const rows = [];
  for (let i = first; i < last; i++) {
    rows.push(row(i));
  }
  return html`<div class=${`rows ${className}`} ref=${scroller} role="table" aria-label=${label} aria-rowcount=${count + 1}>
    ${head}
    <div class="rows-space" role="rowgroup" style=${{ height: `${count * height}px` }}>
      <div class="rows-drawn" role="presentation" style=${{ transform: `translateY(${first * height}px)` }}>${rows}</div>
    </div>
  </div>`;
}
