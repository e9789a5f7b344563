// What the reader looks for, and what was found: the state of the search screen.
// It lives in the screen's component and goes with it; nothing of it is kept.

import { computed, inject, onUnmounted, reactive, ref, shallowRef, watch, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { toApiError } from '../../api/errors'
import type { Found, FindPage, FindRequest, Shelves, TitleView } from '../../api/find'
import type { Scanned } from '../../api/types'
import { useAsking } from './asking'

export const filterNames = ['onShelf', 'children', 'fresh'] as const
export type FilterName = (typeof filterNames)[number]

/** A title that was opened; view comes a moment later. */
export interface Opened {
  id: string
  /** What the list already knew of it. */
  found: Found | null
  view: TitleView | null
  trouble: '' | 'unknown' | 'failed'
  /** The screen was opened for it. */
  arrived: boolean
}

/** start: nothing asked yet. typed: list beside the keyboard. browse: covers of a class or of the new. */
export type View = 'start' | 'typed' | 'browse' | 'title'

export interface Catalogue {
  find(request: FindRequest): Promise<FindPage>
  titleView(id: string): Promise<TitleView>
  shelves(): Promise<Shelves>
}

/** Longest text typed, in characters: longer than any ISBN or title start. */
export const longestText = 40
/** Milliseconds between two looks at what is missing, failed or being filled. */
export const lookAgainEvery = 4000
const newOnTop = 12
/** Titles opened one from another; the oldest is forgotten beyond. */
const longestWay = 20

export interface Search {
  text: Ref<string>
  filters: Record<FilterName, boolean>
  language: Ref<string>
  classNumber: Ref<string>
  view: ComputedRef<View>
  /** Titles of the list; null until the first answer. */
  page: Readonly<Ref<FindPage | null>>
  /** Number of the list's page, from 0. */
  turned: Ref<number>
  /** Titles on one page of the list. */
  capacity: Ref<number>
  failed: ComputedRef<boolean>
  narrowed: ComputedRef<boolean>
  shelves: Readonly<Ref<Shelves | null>>
  /** Some of the new titles, for the start. */
  news: Readonly<Ref<Found[]>>
  opened: ComputedRef<Opened | null>
  /** How many titles lie one on another. */
  depth: ComputedRef<number>
  type(text: string): void
  erase(): void
  clear(): void
  lookFor(text: string): void
  toggle(name: FilterName): void
  speak(language: string): void
  widen(): void
  browse(classNumber: string): void
  showNew(): void
  /** From covers back to the keyboard, in the same class. */
  startTyping(): void
  turn(by: number): void
  fit(capacity: number): void
  open(id: string): void
  /** One step back; false where there is none: the screen may be left. */
  back(): boolean
  /** first: what the screen was opened with. */
  scanned(scan: Scanned | undefined, first?: boolean): void
}

export function createSearch(catalogue: Catalogue): Search {
  const text = ref('')
  const filters = reactive<Record<FilterName, boolean>>({ onShelf: false, children: false, fresh: false })
  const language = ref('')
  const classNumber = ref('')
  /** Covers instead of the keyboard. */
  const browsing = ref(false)
  const turned = ref(0)
  const capacity = ref(6)
  const shelves = shallowRef<Shelves | null>(null)
  const shelvesFailed = ref(false)
  const news = shallowRef<Found[]>([])
  const way = shallowRef<readonly Opened[]>([])
  const { page, failed: pageFailed, ask, forget } = useAsking((request) => catalogue.find(request))

  const narrowed = computed(
    () => filters.onShelf || filters.children || filters.fresh || language.value !== '',
  )
  const asks = computed(() => text.value.trim() !== '' || classNumber.value !== '' || narrowed.value)
  const opened = computed(() => way.value[way.value.length - 1] ?? null)
  const view = computed<View>(() => {
    if (opened.value) return 'title'
    if (!asks.value) return 'start'
    return browsing.value ? 'browse' : 'typed'
  })

  function look(): void {
    if (!asks.value) {
      forget()
      return
    }
    ask({
      text: text.value.trim(),
      ...filters,
      language: language.value,
      class: classNumber.value,
      limit: capacity.value,
      offset: turned.value * capacity.value,
    })
  }

  function lookFromTheStart(): void {
    turned.value = 0
    if (!asks.value) browsing.value = false
    look()
  }

  function write(next: string): void {
    text.value = [...next].slice(0, longestText).join('')
    lookFromTheStart()
  }

  function widenQuietly(): void {
    for (const name of filterNames) filters[name] = false
    language.value = ''
  }

  async function learn(): Promise<void> {
    try {
      shelves.value = await catalogue.shelves()
      shelvesFailed.value = false
      if (shelves.value.fresh > 0) {
        const wanted: FindRequest = { text: '', onShelf: false, children: false, fresh: true, language: '', class: '', limit: newOnTop, offset: 0 }
        news.value = (await catalogue.find(wanted)).hits
      }
    } catch {
      shelvesFailed.value = shelves.value === null
    }
  }

  function put(changed: Opened): void {
    way.value = way.value.map((one) => (one.id === changed.id ? changed : one))
  }

  async function load(title: Opened): Promise<void> {
    try {
      put({ ...title, view: await catalogue.titleView(title.id), trouble: '' })
    } catch (thrown) {
      put({ ...title, trouble: toApiError(thrown).code === 'title_unknown' ? 'unknown' : 'failed' })
    }
  }

  function enter(id: string, arrived: boolean): void {
    const title: Opened = { id, found: known(id), view: null, trouble: '', arrived }
    way.value = [...way.value.filter((one) => one.id !== id), title].slice(-longestWay)
    void load(title)
  }

  function known(id: string): Found | null {
    const near = opened.value?.view
    const all = [...(page.value?.hits ?? []), ...news.value, ...(near ? [...near.byAuthor, ...near.before, ...near.after] : [])]
    return all.find((one) => one.id === id) ?? null
  }

  const filling = computed(() => page.value?.filling ?? shelves.value?.filling)

  function lookAgain(): void {
    if (shelves.value === null || filling.value) void learn()
    if (view.value !== 'title' && (pageFailed.value || page.value?.filling)) look()
    if (opened.value?.trouble === 'failed') void load(opened.value)
  }

  void learn()
  const again = setInterval(lookAgain, lookAgainEvery)
  onUnmounted(() => {
    clearInterval(again)
    forget()
  })

  return {
    text,
    filters,
    language,
    classNumber,
    view,
    page,
    turned,
    capacity,
    failed: computed(() => pageFailed.value || shelvesFailed.value),
    narrowed,
    shelves,
    news,
    opened,
    depth: computed(() => way.value.length),
    type: (more) => write(text.value + more),
    erase: () => write([...text.value].slice(0, -1).join('')),
    clear: () => write(''),
    lookFor(wanted) {
      way.value = []
      widenQuietly()
      classNumber.value = ''
      browsing.value = false
      write(wanted)
    },
    toggle(name) {
      filters[name] = !filters[name]
      lookFromTheStart()
    },
    speak(code) {
      language.value = code
      lookFromTheStart()
    },
    widen() {
      widenQuietly()
      classNumber.value = ''
      lookFromTheStart()
    },
    browse(prefix) {
      classNumber.value = prefix
      text.value = ''
      browsing.value = true
      lookFromTheStart()
    },
    showNew() {
      filters.fresh = true
      browsing.value = true
      lookFromTheStart()
    },
    startTyping() {
      browsing.value = false
    },
    turn(by) {
      turned.value = Math.max(0, turned.value + by)
      look()
    },
    fit(room) {
      if (room === capacity.value || room < 1) return
      const first = turned.value * capacity.value
      capacity.value = room
      turned.value = Math.floor(first / room)
      look()
    },
    open(id) {
      if (opened.value?.id === id) return
      enter(id, false)
    },
    back() {
      if (opened.value) way.value = way.value.slice(0, -1)
      else if (text.value === '' && classNumber.value.length > 1) this.browse(classNumber.value.slice(0, 1))
      else if (classNumber.value !== '' && text.value !== '') this.browse(classNumber.value)
      else if (classNumber.value !== '' || browsing.value) {
        classNumber.value = ''
        widenQuietly()
        lookFromTheStart()
      } else return false
      return true
    },
    scanned(scan, first = false) {
      if (!scan) return
      if (scan.title !== '' && first) enter(scan.title, true)
      else if (scan.title !== '') this.open(scan.title)
      else if (scan.text !== '') this.lookFor(scan.text)
    },
  }
}

export const searchKey: InjectionKey<Search> = Symbol('search')

export function useSearch(): Search {
  const search = inject(searchKey)
  if (!search) throw new Error('no search is provided')
  return search
}

/** Hands every new scan on the search screen to the search, also one that came before it stood. */
export function followScans(search: Search, scan: () => Scanned | undefined): void {
  search.scanned(scan(), true)
  watch(
    () => scan()?.serial,
    () => search.scanned(scan()),
  )
}
