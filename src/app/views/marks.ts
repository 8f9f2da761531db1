// The signs of conversations as paths around (0, 0), about 11 px wide: the same everywhere, never letters of a font.
// It refuses to know sizes and colours: whoever draws one scales and fills it.
// The order in which they are given out: ../../trace/cast.ts.
import type { Mark } from '../../trace/scene.js';

export const MARK_PATHS: Readonly<Record<Mark, string>> = {
  '●': 'M0-5.2A5.2 5.2 0 1 0 .01-5.2Z',
  '▲': 'M0-5.6L6 4.8H-6Z',
  '■': 'M-4.8-4.8H4.8V4.8H-4.8Z',
  '◆': 'M0-6.4L6.4 0L0 6.4L-6.4 0Z',
  '★': 'M0-6.2L1.7-2.1L6.1-1.9L2.7 .9L3.8 5.1L0 2.7L-3.8 5.1L-2.7 .9L-6.1-1.9L-1.7-2.1Z',
  '⬢': 'M-5.2-3L0-6L5.2-3V3L0 6L-5.2 3Z',
};
