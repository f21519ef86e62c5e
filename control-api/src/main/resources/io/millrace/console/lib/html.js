// Templates and components: htm bound to Preact, and the hooks. Text in a template is only ever text, never markup.
import { h, render, Fragment, createContext } from 'preact';
import htm from 'htm';

export { useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback, useContext, useId } from 'preact/hooks';
export { render, Fragment, createContext };

export const html = htm.bind(h);
