// The bundled typefaces: variable weight, cut into subsets by unicode-range, so
// that a page loads only what it shows.
import '@fontsource-variable/noto-sans-sc/wght.css'
import '@fontsource-variable/noto-serif-sc/wght.css'

/** Milliseconds after which the second pair is fetched, when the first picture stands. */
const later = 1500

/** The traditional faces: their tables of subsets are as large as the rest of
 * the style sheet, so the first picture does not wait for them. Until they are
 * there the simplified faces draw the same characters. */
export function fetchTraditional(now: boolean): void {
  setTimeout(() => void import('./fontsTraditional'), now ? 0 : later)
}
