// The picture of a step's kind, for tables and lists; the graph draws the same path itself.
import { html } from '../../lib/html.js';
import { kindOf } from './steps.js';

export function KindPicture({ step }) {
  const { word, picture } = kindOf(step);
  return html`<svg class="kind" width="14" height="14" viewBox="0 0 16 16" role="img" aria-label=${word}><path d=${picture} fill-rule="evenodd"><title>${word}</title></path></svg>`;
}
