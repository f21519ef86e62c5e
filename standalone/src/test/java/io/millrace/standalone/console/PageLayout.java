package io.millrace.standalone.console;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * Looks for what no page may have at any size: a page wider than its window, text that is cut where nothing shows all of it, and controls
 * that lie over each other.
 */
final class PageLayout {
    private static final String LOOK = """
            () => {
              const flaws = [];
              const root = document.documentElement;
              if (root.scrollWidth > root.clientWidth) {
                flaws.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}`);
              }
              const ancestors = (e) => { const all = []; for (let p = e; p && p !== root; p = p.parentElement) all.push(p); return all; };
              const modal = document.querySelector('dialog[open]');
              const scope = modal ?? document.body;
              const name = (e) => `<${e.tagName.toLowerCase()} class="${e.className}"> "${(e.innerText ?? '').slice(0, 40)}"`;
              const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1
                && !ancestors(e).some((p) => getComputedStyle(p).clipPath !== 'none' || p.matches('.skip'));
              const scrolls = (e) => { const s = getComputedStyle(e); return /auto|scroll/.test(s.overflowX); };
              for (const e of scope.querySelectorAll('*')) {
                if (!seen(e) || e.closest('svg, .uplot') || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
                const style = getComputedStyle(e);
                const inScroller = ancestors(e).some(scrolls);
                const cut = style.display !== 'inline' && e.scrollWidth > e.clientWidth + 1;
                if (cut && !scrolls(e) && !(style.textOverflow === 'ellipsis' && (e.title || e.closest('[title]')))
                    && !['OPTION', 'SELECT'].includes(e.tagName)) {
                  flaws.push(`cut text in ${name(e)}: ${e.scrollWidth} in ${e.clientWidth} px`);
                }
                const box = e.getBoundingClientRect();
                if (!inScroller && (box.right > root.clientWidth + 1 || box.left < -1)) {
                  flaws.push(`outside of the window: ${name(e)}`);
                }
              }
              const controls = [...scope.querySelectorAll('a, button, input, select, .badge, th')].filter(seen)
                .map((e) => ({ e, box: e.getBoundingClientRect() }));
              for (let i = 0; i < controls.length; i++) {
                for (let j = i + 1; j < controls.length; j++) {
                  const [a, b] = [controls[i], controls[j]];
                  const pinned = (x) => ['.top', '.notices', '.selection'].find((s) => x.e.closest(s));
                  if (a.e.contains(b.e) || b.e.contains(a.e) || pinned(a) !== pinned(b)) continue;
                  const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
                  const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
                  if (wide > 2 && high > 2) flaws.push(`${name(a.e)} lies over ${name(b.e)}`);
                }
              }
              return flaws;
            }
            """;

    private PageLayout() {}

    /** One sentence for each flaw. */
    static List<String> flaws(Page page) {
        List<?> found = (List<?>) page.evaluate(LOOK);
        return found.stream().map(String::valueOf).toList();
    }
}
