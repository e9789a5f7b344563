// Scripted snapshots: every screen in the states worth looking at. Invented
// numbers; titles are of well-known books. Not in a shipped build.

import type { DemoSamples, Entry, Reason, Snapshot, Title } from './types'

function title(barcode: string, name: string, author: string, classNumber: string): Title {
  return { barcode, titleId: `t${barcode}`, title: name, author, class: classNumber, callNumber: `${classNumber}/${barcode.slice(-3)}` }
}

export const sampleTitles: readonly Title[] = [
  title('3000001', '平凡的世界', '路遥', 'I247.57'),
  title('3000002', '城南旧事', '林海音', 'I246.7'),
  title('3000003', '中国铁路史话', '李占才', 'F532.9'),
  title('3000004', '三体', '刘慈欣', 'I247.55'),
  title('3000005', '红楼梦', '[清] 曹雪芹', 'I242.4'),
  title('3000006', '诗经', '佚名', 'I222.2'),
  title('3000007', '夏洛的网', 'E. B. 怀特', 'I712.84'),
  title('3000008', '时间简史：从大爆炸到黑洞', '史蒂芬·霍金', 'P159'),
  title('3000009', '开滦煤矿百年图志', '开滦博物馆', 'K292.23'),
  title('3000010', 'The Adventures of Tom Sawyer', 'Mark Twain', '813.4'),
  title('3000011', '新华字典（第12版·双色本）', '中国社会科学院语言研究所', 'H163'),
  title('3000012', '本草纲目', '[明] 李时珍', 'R281.3'),
  title('3000013', '天工开物', '宋应星', 'N092'),
  title('3000014', '论语', '孔子', 'B222.2'),
  title('3000015', '人工智能：一种现代的方法', '斯图尔特·罗素', 'TP18'),
  title('3000016', '中国建筑史', '梁思成', 'TU-092'),
  title('3000017', '昆虫记', '法布尔', 'Q96'),
  title('3000018', '国富论', '亚当·斯密', 'F091.33'),
  title('3000019', '艺术的故事', '贡布里希', 'J110.9'),
  title('3000020', '史记', '司马迁', 'K204.2'),
  title('3000021', '小王子', '圣埃克苏佩里', 'I565.84'),
  title('3000022', '乡土中国', '费孝通', 'C912.82'),
  title('3000023', '齐民要术', '贾思勰', 'S-092'),
  title('3000024', '爱丽丝漫游奇境', '刘易斯·卡罗尔', 'I561.88'),
  title('3000025', '唐山大地震亲历记', '钱钢', 'I253'),
  title('3000026', '我的第一本火车书', '编写组', 'I287.8'),
  title('3000027', '几何原本', '欧几里得', 'O181'),
  title('3000028', '线性代数及其应用', 'David C. Lay', 'O151.2'),
  title('3000029', '如何阅读一本书', '艾德勒', 'G792'),
  title('3000030', 'Pride and Prejudice', 'Jane Austen', 'PR4034'),
  title('3000031', '机械设计手册', '成大先', 'TH122'),
  title('3000032', '世界通史', '斯塔夫里阿诺斯', 'K109'),
]

export const longTitle = title(
  '3000099',
  '关于二十世纪上半叶华北沿海工业城市的铁路、煤矿与近代社会变迁的若干专题研究（修订增补版）',
  '唐山市路北区地方志编纂委员会办公室、开滦煤矿史料整理小组',
  'K292.23',
)

function at(i: number): Title {
  return sampleTitles[i % sampleTitles.length] ?? longTitle
}

function entry(id: string, item: Title, more: Partial<Entry> = {}): Entry {
  return { id, outcome: 'borrowed', result: '', also: [], item, late: 0, parts: '', reasons: [], due: '2026-12-22', ...more }
}

function without(item: Entry): Entry {
  const { due: _due, ...rest } = item
  return rest
}

const refused = (id: string, item: Title, ...reasons: Reason[]) => without(entry(id, item, { outcome: 'refused', reasons }))
const asked = (id: string, item: Title, reason: Reason) => without(entry(id, item, { outcome: 'ask', reasons: [reason] }))
const returned = (id: string, item: Title, result: string, late = 0) =>
  without(entry(id, item, { outcome: 'returned', result, late }))

const block = (code: string, params: Record<string, string> = {}): Reason => ({ code, mark: 'block', params })

const base: Snapshot = {
  revision: 1,
  screen: 'idle',
  language: 'zh-Hans',
  modes: { largeText: false, highContrast: false, lowPosition: false },
  cue: '',
  carried: [],
  entries: [],
  borrowed: 0,
  returned: 0,
  goal: '',
  health: [],
  lending: true,
}

const patron = { name: '张*', loans: 0, loanLimit: 10, loanDays: 30, standing: [] }
const ends = { seconds: 38, of: 65 }
const borrow: Snapshot = { ...base, screen: 'borrow', patron, ends }
const three = [0, 1, 2].map((i) => entry(`e${i}`, at(i)))
const many = Array.from({ length: 11 }, (_, i) => entry(`m${i}`, at(i)))

const looking = (text: string): Snapshot => ({ ...base, screen: 'search', find: { serial: 1, text, title: '' } })

const everyTrouble = refused(
  'e9',
  longTitle,
  block('patron_overdue', { count: '2' }),
  block('loan_limit', { limit: '10', now: '10' }),
  block('item_reserved_for_other'),
  block('item_age', { minimum: '12' }),
)

export const scenes: Record<string, Snapshot> = {
  idle: base,
  closed: { ...base, lending: false, health: ['lending_stopped_space'] },
  unreadable_isbn: {
    ...base,
    notice: { id: 'n1', kind: 'item_refused', reasons: [block('item_unknown', { hint: 'isbn' })] },
  },
  unreadable: { ...base, notice: { id: 'n1', kind: 'scan_unreadable', reasons: [] } },
  item: { ...base, screen: 'item', item: at(4), carried: [at(4)] },
  item_many: { ...base, screen: 'item', item: at(4), carried: [at(4), at(3), at(2)] },
  item_long: { ...base, screen: 'item', item: longTitle, carried: [longTitle] },
  signin: { ...base, screen: 'signin' },
  signin_carrying: { ...base, screen: 'signin', item: at(4), carried: [at(4)] },
  signin_refused: {
    ...base,
    screen: 'signin',
    notice: { id: 'n1', kind: 'card_refused', reasons: [block('card_expired', { on: '2026-03-01' })] },
  },
  pin: { ...base, screen: 'pin', pin: { length: 6, wrong: false, wait: 0 } },
  pin_not_a_book: {
    ...base,
    screen: 'pin',
    pin: { length: 6, wrong: false, wait: 0 },
    notice: { id: 'n1', kind: 'enter_pin_first', reasons: [] },
  },
  pin_wrong: { ...base, screen: 'pin', pin: { length: 6, wrong: true, wait: 0 } },
  pin_wait: { ...base, screen: 'pin', pin: { length: 6, wrong: true, wait: 30 } },
  borrow_empty: borrow,
  borrow_three: { ...borrow, borrowed: 3, entries: three, patron: { ...patron, loans: 3 } },
  borrow_refused: {
    ...borrow,
    borrowed: 3,
    patron: { ...patron, loans: 3 },
    entries: [refused('e3', at(3), block('item_reserved_for_other')), ...three],
  },
  borrow_parts: {
    ...borrow,
    borrowed: 2,
    patron: { ...patron, loans: 2 },
    entries: [asked('e3', at(2), { code: 'item_has_parts', mark: 'ask', params: { parts: '附图一张、光盘一张' } }), ...three.slice(0, 2)],
  },
  borrow_yours: {
    ...borrow,
    borrowed: 1,
    patron: { ...patron, loans: 3 },
    entries: [asked('e3', at(6), { code: 'item_on_loan_to_you', mark: 'ask', params: { due: '2026-12-02' } }), entry('e1', at(7))],
  },
  borrow_troubles: { ...borrow, borrowed: 2, patron: { ...patron, loans: 10 }, entries: [everyTrouble, ...three.slice(1)] },
  borrow_standing: {
    ...borrow,
    patron: {
      ...patron,
      loans: 4,
      standing: [
        { code: 'patron_overdue', mark: 'staff', params: { count: '2' } },
        { code: 'patron_charges', mark: 'staff', params: { amount: '2350', threshold: '2000' } },
      ],
    },
    entries: [refused('e1', at(0), block('patron_overdue', { count: '2' }))],
  },
  borrow_many: { ...borrow, borrowed: 11, patron: { ...patron, loans: 11, loanLimit: 20 }, entries: many },
  borrow_long: {
    ...borrow,
    borrowed: 2,
    patron: { ...patron, name: 'M***************', loans: 2 },
    entries: [entry('l1', longTitle), entry('l2', at(9), { due: '2027-01-04' })],
  },
  borrow_again: {
    ...borrow,
    borrowed: 1,
    patron: { ...patron, loans: 1 },
    entries: [
      entry('a4', at(8), { outcome: 'renewed', due: '2027-01-21' }),
      without(entry('a3', at(0), { outcome: 'already_borrowed_now' })),
      without(entry('a2', at(5), { outcome: 'declined' })),
      without(entry('a1', at(12), { outcome: 'unknown' })),
      entry('a0', at(0)),
    ],
  },
  return_empty: { ...base, screen: 'return', ends },
  return_two: {
    ...base,
    screen: 'return',
    ends,
    returned: 2,
    entries: [returned('r2', at(1), 'returned', 3), returned('r1', at(0), 'returned')],
  },
  return_many: {
    ...base,
    screen: 'return',
    ends,
    returned: 6,
    entries: [
      'returned_reserved',
      'not_on_loan',
      'returned_other_branch',
      'returned_was_lost',
      'returned_has_parts',
      'already_returned_now',
      'returned',
    ].map((result, i) => returned(`r${i}`, at(i + 3), result)),
  },
  return_unknown: {
    ...base,
    screen: 'return',
    ends,
    entries: [returned('r1', { barcode: '3999999', titleId: '', title: '', author: '', class: '', callNumber: '' }, 'item_unknown')],
  },
  goodbye: {
    ...base,
    screen: 'goodbye',
    cue: 'ended',
    goodbye: { borrowed: 3, renewed: 1, returned: 0, held: 0, cancelled: 0, receipt: [], print: 'none', refused: 1, unknown: 0, left: [{ barcode: 'LQ000101', titleId: 't5', title: '红楼梦', author: '曹雪芹', class: 'I242.4', callNumber: 'I242.4/CXQ' }, { barcode: 'LQ999901', titleId: '', title: '', author: '', class: '', callNumber: '' }], due: '2026-12-22', ends: { seconds: 8, of: 10 } },
  },
  goodbye_return: {
    ...base,
    screen: 'goodbye',
    goodbye: { borrowed: 0, renewed: 0, returned: 2, held: 0, cancelled: 0, receipt: [], print: 'none', refused: 0, unknown: 0, left: [], ends: { seconds: 8, of: 10 } },
  },
  goodbye_nothing: {
    ...base,
    screen: 'goodbye',
    goodbye: { borrowed: 0, renewed: 0, returned: 0, held: 0, cancelled: 0, receipt: [], print: 'none', refused: 0, unknown: 0, left: [], ends: { seconds: 8, of: 10 } },
  },
  recovery: {
    ...base,
    screen: 'recovery',
    recovery: ['K7QF2', 'M9XTB', '4HDWR', 'P3VNY', 'C8GJ6', 'Z5LA2', 'T7KEM', 'R9BXQ'],
  },
  search: { ...base, screen: 'search' },
  search_browse: { ...base, screen: 'search' },
  search_browse_deep: { ...base, screen: 'search' },
  search_new: { ...base, screen: 'search' },
  search_language: { ...base, screen: 'search' },
  search_typed: { ...base, screen: 'search' },
  search_results: looking('的'),
  search_filtered: looking('a'),
  search_long: looking('关于二十世纪'),
  search_nothing: looking('xyzzy quux'),
  search_filling: looking('史'),
  search_filling_start: { ...base, screen: 'search' },
  search_failing: looking('史'),
  search_empty: { ...base, screen: 'search' },
  search_title: { ...base, screen: 'search', find: { serial: 1, text: '', title: 't0' } },
  search_title_bare: { ...base, screen: 'search', find: { serial: 1, text: '', title: 't5' } },
  search_title_long: { ...base, screen: 'search', find: { serial: 1, text: '', title: 't99' } },
  search_title_gone: { ...base, screen: 'search', find: { serial: 1, text: '', title: 'none' } },
  warning: {
    ...borrow,
    borrowed: 3,
    patron: { ...patron, loans: 3 },
    entries: three,
    warning: { seconds: 18, of: 20 },
  },
}

/** What is touched after a scene stands, as selectors: states of the page's own. */
export const touches: Record<string, readonly string[]> = {
  search_browse: ['.class-I'],
  search_browse_deep: ['.class-T', '.class-TP'],
  search_new: ['.all-new'],
  search_language: ['.filter-language'],
  search_typed: ['[aria-label="s"]', '[aria-label="j"]'],
  search_filtered: ['.filter-onShelf', '.filter-children'],
}

export function sceneNamed(name: string): Snapshot {
  const scene = scenes[name]
  if (!scene) throw new Error(`no scene ${name}`)
  return structuredClone(scene)
}

/** Module widths of a Code 128 of seven digits: start, four symbols, check, stop. */
const bars = '21121431112122321122113111411341112213122331112'

export const demoSamples: DemoSamples = {
  cards: ['adult', 'child', 'expired', 'overdue', 'limit', 'lost', 'suspended', 'pin'].map((label, i) => ({
    number: `100000${i}`,
    label,
    bars,
  })),
  books: sampleTitles.slice(0, 10).map((book, i) => ({
    barcode: book.barcode,
    title: book.title,
    author: book.author,
    label: ['available', 'on_loan', 'reserved', 'reference', 'parts', 'lost', 'age', 'transit'][i] ?? 'available',
    bars,
  })),
}
