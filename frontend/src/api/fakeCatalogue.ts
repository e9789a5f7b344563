// A small catalogue for the fake kiosk: enough to see every state of the search
// screen. Well-known books, invented copies. Not in a shipped build.

import { ApiError } from './errors'
import type { Copy, FindPage, FindRequest, Found, Shelves, TitleView } from './find'
import { longTitle, sampleTitles } from './sceneParts'

/** Title, author, class, initials of its pinyin. */
const more: readonly (readonly [string, string, string, string?])[] = [
  ['三国演义', '罗贯中', 'I242.4', 'sgyy'],
  ['西游记', '吴承恩', 'I242.4', 'xyj'],
  ['水浒传', '施耐庵', 'I242.4', 'shz'],
  ['呐喊', '鲁迅', 'I210.6', 'nh'],
  ['朝花夕拾', '鲁迅', 'I210.4', 'zhxs'],
  ['骆驼祥子', '老舍', 'I246.5', 'ltxz'],
  ['茶馆', '老舍', 'I234', 'cg'],
  ['四世同堂', '老舍', 'I246.5', 'sstt'],
  ['人生', '路遥', 'I247.57', 'rs'],
  ['活着', '余华', 'I247.57', 'hz'],
  ['围城', '钱锺书', 'I246.57', 'wc'],
  ['边城', '沈从文', 'I246.57', 'bc'],
  ['呼兰河传', '萧红', 'I246.57', 'hlhz'],
  ['草房子', '曹文轩', 'I287.45', 'cfz'],
  ['宝葫芦的秘密', '张天翼', 'I287.7', 'bhldmm'],
  ['神笔马良', '洪汛涛', 'I287.7', 'sbml'],
  ['安徒生童话', '安徒生', 'I534.88', 'atsth'],
  ['老人与海', '海明威', 'I712.45', 'lryh'],
  ['百年孤独', '加西亚·马尔克斯', 'I775.45', 'bngd'],
  ['唐诗三百首', '蘅塘退士', 'I222.742', 'tssbs'],
  ['孟子', '孟轲', 'B222.5', 'mz'],
  ['中国通史', '吕思勉', 'K20', 'zgts'],
  ['万历十五年', '黄仁宇', 'K248.3', 'wlswn'],
  ['黄帝内经', '佚名', 'R221', 'hdnj'],
  ['汤头歌诀', '汪昂', 'R289.4', 'ttgj'],
  ['编程珠玑', 'Jon Bentley', 'TP311.1', 'bczj'],
  ['营造法式', '李诫', 'TU-092', 'yzfs'],
  ['随园食单', '袁枚', 'TS972.1', 'sysd'],
  ['梦溪笔谈', '沈括', 'Z429', 'mxbt'],
  ['徐霞客游记', '徐弘祖', 'K928.9', 'xxkyj'],
  ['Charlotte’s Web', 'E. B. White', '813.52'],
  ['A Brief History of Time', 'Stephen Hawking', '523.1'],
]
const initials: Record<string, string> = { 红楼梦: 'hlm', 城南旧事: 'cnjs', 三体: 'st', 平凡的世界: 'pfdsj', 史记: 'sj', 诗经: 'sj' }
const places = ['二层 中文文学', '二层 中文文学', '一层 少儿区', '三层 科技', '三层 史地', '四层 工具书阅览室']
const publishers = ['人民文学出版社', '中华书局', '商务印书馆', '生活·读书·新知三联书店', '河北人民出版社']

interface Row {
  found: Found
  initials: string
}

function row(i: number, title: string, author: string, classNumber: string, letters = ''): Row {
  const english = /^[A-Z][a-z]/.test(title)
  const [head = title, ...subtitle] = title.split(/[：:]/)
  const copies = 1 + (i % 4)
  return {
    initials: letters || (initials[title] ?? ''),
    found: {
      id: `t${i}`,
      title: head,
      subtitle: subtitle.join(' '),
      author,
      publisher: publishers[i % publishers.length] ?? '',
      year: String(1985 + ((i * 7) % 40)),
      class: classNumber,
      callNumber: `${classNumber}/${(i * 37) % 900}`,
      place: classNumber.startsWith('I28') ? '一层 少儿区' : (places[(i * 5) % places.length] ?? ''),
      language: english ? 'eng' : 'chi',
      children: /^I28|88$|84$/.test(classNumber),
      fresh: i % 4 === 1,
      copies,
      onShelf: (i * 3) % (copies + 1),
      cover: '',
      marks: [],
    },
  }
}

const rows: readonly Row[] = [
  ...sampleTitles.map((t, i) => row(i, t.title, t.author, t.class)),
  ...more.map(([t, a, c, letters], i) => row(sampleTitles.length + i, t, a, c, letters)),
  row(99, longTitle.title, longTitle.author, longTitle.class),
]

/** Whole and healthy unless the scene says otherwise. */
export interface CatalogueMood {
  filling: boolean
  failing: boolean
  empty: boolean
}

export interface FakeCatalogue {
  find(request: FindRequest): Promise<FindPage>
  titleView(id: string): Promise<TitleView>
  shelves(): Promise<Shelves>
}

export function fakeCatalogue(mood: () => CatalogueMood): FakeCatalogue {
  const answer = <T>(make: () => T): Promise<T> =>
    mood().failing ? Promise.reject(new ApiError('internal')) : Promise.resolve(make())
  const filling = () => (mood().filling ? { filling: { done: 12480, of: 40311 } } : {})
  const stock = () => (mood().empty ? [] : rows)
  return {
    find: (request) =>
      answer(() => {
        const hits = stock().flatMap((one) => matched(one, request))
        return { hits: hits.slice(request.offset, request.offset + request.limit), total: hits.length, more: false, ...filling() }
      }),
    titleView: (id) =>
      answer(() => {
        const found = rows.find((one) => one.found.id === id)?.found
        if (!found) throw new ApiError('title_unknown')
        return titleOf(found)
      }),
    shelves: () => answer(() => ({ ...shelvesOf(stock()), ...filling() })),
  }
}

function matched({ found, initials: letters }: Row, request: FindRequest): Found[] {
  const text = request.text.trim().toLowerCase()
  const at = found.title.toLowerCase().indexOf(text)
  const sounds = letters !== '' && letters.startsWith(text)
  const wanted =
    (text === '' || at >= 0 || sounds || found.author.toLowerCase().includes(text)) &&
    (!request.onShelf || found.onShelf > 0) &&
    (!request.children || found.children) &&
    (!request.fresh || found.fresh) &&
    (request.language === '' || found.language === request.language) &&
    found.class.startsWith(request.class)
  if (!wanted) return []
  const to = at >= 0 ? at + text.length : sounds ? text.length : 0
  return [{ ...found, marks: text !== '' && to > 0 ? [{ from: Math.max(0, at), to }] : [] }]
}

function shelvesOf(stock: readonly Row[]): Shelves {
  const classes = new Map<string, number>()
  const languages = new Map<string, number>()
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  for (const { found } of stock) {
    count(languages, found.language)
    if (!/^[A-Z]/.test(found.class)) continue
    count(classes, found.class.slice(0, 1))
    count(classes, found.class.slice(0, 2))
  }
  // Those no sample stands for, so that all tiles can be seen.
  if (stock.length > 0) for (const c of 'ACDEGNSUVXZ') if (!classes.has(c)) classes.set(c, 3 + c.charCodeAt(0))
  return {
    titles: stock.length,
    fresh: stock.filter(({ found }) => found.fresh).length,
    classes: [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([c, titles]) => ({ class: c, titles })),
    languages: [...languages].map(([code, titles]) => ({ code, titles })),
  }
}

const summary =
  '这是一部写普通人的书：一家人在黄土地上过日子，年轻人读书、劳动、离开、又回来，在苦难里守住体面，也守住彼此。' +
  '它不讲传奇，只讲一代人怎样在大时代里走自己的路，读来像听一位老乡慢慢说起往事。'

function titleOf(found: Found): TitleView {
  const shelf = [...rows].map((one) => one.found).sort((a, b) => (a.callNumber < b.callNumber ? -1 : 1))
  const here = shelf.findIndex(({ id }) => id === found.id)
  const bare = found.id === 't99' || found.author === '佚名'
  return {
    found,
    authors: found.author.split('、'),
    edition: bare ? '' : '第 2 版',
    extent: bare ? '' : '512 页',
    series: bare ? '' : '名家名作丛书',
    summary: bare ? '' : summary,
    subjects: bare ? ['地方史', '工业史', '铁路', '煤矿', '华北'] : ['长篇小说', '中国'],
    isbns: [],
    copies: copiesOf(found),
    byAuthor: rows.map((one) => one.found).filter((one) => one.author === found.author && one.id !== found.id),
    before: shelf.slice(Math.max(0, here - 6), here).reverse(),
    after: shelf.slice(here + 1, here + 7),
    waiting: found.id === 't0' ? 3 : 0,
    holdable: found.id !== 't5',
  }
}

const states = ['on_loan', 'on_site', 'reserved', 'in_transit', 'unavailable'] as const

function copiesOf(found: Found): Copy[] {
  const many = found.id === 't0' ? 9 : found.copies
  return Array.from({ length: many }, (_, i) => {
    const state = i < found.onShelf || found.id === 't3' ? 'on_shelf' : (states[i % states.length] ?? 'on_loan')
    return {
      place: i % 3 === 2 ? '流动书车' : found.place,
      callNumber: found.callNumber,
      branch: i % 3 === 2 ? '韩城分馆' : '路北区图书馆',
      state,
      ...(state === 'on_loan' ? { due: `2026-12-${String(3 + i * 2).padStart(2, '0')}` } : {}),
    }
  })
}
