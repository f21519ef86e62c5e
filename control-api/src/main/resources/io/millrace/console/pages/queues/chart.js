// Two lines over time, as uPlot draws them on a canvas, in the colours of the page. Beneath it the newest values are there as text.
import uPlot from 'uplot';
import { html, useEffect, useRef } from '../../lib/html.js';

const HEIGHT = 180;

/** What the time axis shows at least, in seconds. */
const LEAST_SECONDS = 120;

/** So far apart that two times do not touch, in pixels. */
const TIME_SPACE = 90;

/** `lines`: [{label, field, colour}], colour the name of a design token; `samples`: [{at, ...fields}], oldest first. */
export function Chart({ title, lines, samples }) {
  const place = useRef(null);
  const plot = useRef(null);
  useEffect(() => {
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(options(place.current.clientWidth, lines), dataOf(lines, latest.current), place.current);
    };
    draw();
    const sizes = new ResizeObserver(() => plot.current.setSize({ width: place.current.clientWidth, height: HEIGHT }));
    sizes.observe(place.current);
    const stopColours = onColours(draw);
    return () => {
      sizes.disconnect();
      stopColours();
      plot.current.destroy();
    };
  }, []);
  const latest = useRef(samples);
  latest.current = samples;
  useEffect(() => plot.current?.setData(dataOf(lines, samples)), [samples]);
  const now = samples[samples.length - 1];
  return html`<figure class="chart panel">
    <figcaption>
      <h2>${title}</h2>
      <span class="legend">${lines.map((line) => html`<span key=${line.field} class=${`legend-line line-${line.colour}`}>${line.label}: <strong>${now ? now[line.field] : '–'}</strong></span>`)}</span>
    </figcaption>
    <div class="plot" ref=${place} aria-hidden="true"></div>
  </figure>`;
}

function dataOf(lines, samples) {
  return [samples.map((sample) => sample.at / 1000), ...lines.map((line) => samples.map((sample) => sample[line.field]))];
}

function options(width, lines) {
  const colour = (token) => getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
  const axis = { stroke: colour('quiet'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1 } };
  const whole = (self, splits) => splits.map((value) => (Number.isInteger(value) ? value : ''));
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: (self) => timeRange(self.data[0]) },
      y: { range: (self, least, most) => [0, Math.max(5, Math.ceil((most ?? 0) * 1.15))] },
    },
    axes: [{ ...axis, values: clock, space: TIME_SPACE }, { ...axis, values: whole, size: 48 }],
    series: [{}, ...lines.map((line) => ({ label: line.label, stroke: colour(line.colour), width: 2, points: { show: false } }))],
  };
}

/** Times of the day alone: what is shown is half an hour at most. */
function clock(self, splits) {
  return splits.map((seconds) => new Date(seconds * 1000).toLocaleTimeString([], { hourCycle: 'h23' }));
}

function timeRange(times) {
  const last = times.length > 0 ? times[times.length - 1] : Date.now() / 1000;
  return [Math.min(times[0] ?? last, last - LEAST_SECONDS), last];
}

/** Calls back when the page's colours change, by the system or by the switch. */
function onColours(listener) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(listener);
  system.addEventListener('change', listener);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', listener);
    chosen.disconnect();
  };
}
