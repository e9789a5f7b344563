// The bundled typefaces: variable weight, cut into subsets by unicode-range, so
// that a page loads only what it shows.
import '@fontsource-variable/noto-sans-sc/wght.css'
import '@fontsource-variable/noto-sans-tc/wght.css'
import '@fontsource-variable/noto-serif-sc/wght.css'
import '@fontsource-variable/noto-serif-tc/wght.css'
