// Finding a book by fingers on glass: typed, scanned, filtered and browsed, with
// the real index behind the page.

import { book, card } from './demolibrary'
import { expect, type Kiosk, test } from './kiosk'
import { filled, messages, saying } from './words'

const zh = messages['zh-Hans']

async function searching(kiosk: Kiosk): Promise<void> {
  await kiosk.tap(new RegExp(`^${zh.idle.find}`))
  await kiosk.on('search')
}

/** Taps one key after the other, without waiting for answers. */
async function type(kiosk: Kiosk, text: string): Promise<void> {
  const keys = kiosk.page.getByRole('group', { name: zh.keyboard.label })
  for (const key of text) await keys.getByRole('button', { name: key === ' ' ? zh.keyboard.space : key, exact: true }).tap()
}

const titles = (kiosk: Kiosk) => kiosk.page.getByRole('list', { name: zh.search.results }).getByRole('listitem')
const first = (kiosk: Kiosk) => titles(kiosk).first()

async function opens(kiosk: Kiosk, title: string): Promise<void> {
  await expect(kiosk.page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
}

test('TestAccept_L35_a_book_is_found_by_its_initials', async ({ kiosk }) => {
  await searching(kiosk)
  await type(kiosk, 'hlm')
  await expect(first(kiosk)).toContainText('红楼梦')
  await expect(first(kiosk)).toContainText('曹雪芹')
  await expect(first(kiosk)).toContainText('I242.4/CXQ')
  await expect(first(kiosk)).toContainText(saying(zh.search.available))
  await first(kiosk).getByRole('button').tap()
  await opens(kiosk, '红楼梦')
  await expect(kiosk.page.getByRole('table')).toContainText(zh.copyStates.on_shelf)
  await kiosk.tap(zh.search.back)
  await expect(first(kiosk)).toContainText('红楼梦')
})

for (const [way, text, title] of [
  ['pinyin', 'luotuoxiangzi', '骆驼祥子'],
  ['the pinyin of its author', 'laoshe', '骆驼祥子'],
  ['one wrong letter', 'treasue', 'Treasure Island'],
  ['digits of its ISBN', '9787020002207', '红楼梦'],
] as const) {
  test(`TestAccept_L35_a_book_is_found_by_${way.replaceAll(' ', '_')}`, async ({ kiosk }) => {
    await searching(kiosk)
    await type(kiosk, text)
    await expect(titles(kiosk).filter({ hasText: title }).first()).toBeVisible()
  })
}

test('TestAccept_L35_traditional_readers_find_simplified_titles_and_the_other_way_round', async ({ kiosk }) => {
  // Chinese is not typed on this keyboard yet: what it finds is asked past it.
  for (const [text, title] of [['紅樓夢', '红楼梦'], ['城南旧事', '城南舊事']] as const) {
    const page = await kiosk.call<{ hits: { title: string }[] }>('Find', {
      text, onShelf: false, children: false, fresh: false, language: '', class: '', limit: 3, offset: 0,
    })
    expect(page.hits.map((hit) => hit.title)).toContain(title)
  }
  await searching(kiosk)
  await kiosk.tap('繁體')
  const words = messages['zh-Hant']
  const keys = kiosk.page.getByRole('group', { name: words.keyboard.label })
  for (const key of 'chengnanjiushi') await keys.getByRole('button', { name: key, exact: true }).tap()
  await expect(kiosk.page.getByRole('list', { name: words.search.results }).getByRole('listitem').first()).toContainText('城南舊事')
})

test('TestAccept_L33_nothing_typed_fast_is_lost', async ({ kiosk }) => {
  await searching(kiosk)
  const text = 'thequickbrownfoxjumpsoverthelazydog'
  const keys = await kiosk.page.context().newCDPSession(kiosk.page)
  const places = new Map<string, { x: number; y: number }>()
  for (const key of new Set(text)) {
    const box = await kiosk.page
      .getByRole('group', { name: zh.keyboard.label })
      .getByRole('button', { name: key, exact: true })
      .boundingBox()
    if (!box) throw new Error(`no key ${key}`)
    places.set(key, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
  }
  const began = Date.now()
  for (const key of text) {
    const place = places.get(key)
    if (!place) throw new Error(`no place of ${key}`)
    await keys.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [place] })
    await keys.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  const took = Date.now() - began
  await expect(kiosk.page.getByText(filled(zh.search.typed, { text }), { exact: true })).toBeAttached()
  // Slower than this shows nothing.
  expect(took / text.length, 'milliseconds a key').toBeLessThan(200)
})

test('TestAccept_L30_filters_narrow_the_list_and_say_so', async ({ kiosk }) => {
  await searching(kiosk)
  await type(kiosk, 'xyj')
  await expect(first(kiosk)).toContainText('西游记')
  const filters = kiosk.page.getByRole('group', { name: zh.search.filters })
  await filters.getByRole('button', { name: zh.search.children }).tap()
  await expect(filters.getByRole('button', { name: zh.search.children })).toHaveAttribute('aria-pressed', 'true')
  await expect(titles(kiosk).filter({ hasText: 'I242.4/WCE' })).toHaveCount(0)
  await filters.getByRole('button', { name: zh.search.children }).tap()
  await expect(first(kiosk)).toContainText('西游记')
})

test('TestAccept_L30_availability_is_what_was_just_lent', async ({ kiosk }) => {
  await kiosk.scanned(card('adult'))
  await kiosk.scanned('LQ002601')
  const lent = (await kiosk.snapshot()).entries[0]
  expect(lent?.outcome).toBe('borrowed')
  await kiosk.idle()
  await searching(kiosk)
  await kiosk.scanned('LQ002601')
  await opens(kiosk, lent?.item.title ?? '')
  await expect(kiosk.page.getByRole('table')).toContainText(zh.copyStates.on_loan)
})

test('TestAccept_L35_a_scan_shows_the_book_and_an_ISBN_is_looked_for', async ({ kiosk }) => {
  await searching(kiosk)
  await kiosk.scanned('LQ000401')
  await opens(kiosk, '西游记')
  await kiosk.tap(zh.search.back)
  await kiosk.scanned('9787020002207')
  await expect(first(kiosk)).toContainText('红楼梦')
  await kiosk.scanned(book('unknown'))
  await expect(kiosk.page.getByRole('dialog').or(kiosk.page.getByText(zh.reasons.item_unknown.what)).first()).toBeVisible()
})

test('TestAccept_L30_subjects_are_browsed_and_left_again', async ({ kiosk }) => {
  await searching(kiosk)
  await kiosk.tap(new RegExp(zh.classes.I))
  await expect(titles(kiosk).first()).toBeVisible()
  await kiosk.tap(new RegExp(zh.classes.I5))
  await expect(titles(kiosk).first()).toBeVisible()
  await kiosk.tap(zh.search.up)
  await kiosk.tap(zh.search.up)
  await expect(kiosk.page.getByRole('heading', { name: zh.search.byClass })).toBeVisible()
})

test('TestAccept_L33_what_was_typed_is_gone_for_the_next_reader', async ({ kiosk }) => {
  await searching(kiosk)
  await type(kiosk, 'hlm')
  await expect(first(kiosk)).toContainText('红楼梦')
  await kiosk.scanned(card('adult'))
  await kiosk.on('borrow')
  await kiosk.idle()
  await searching(kiosk)
  await expect(kiosk.page.getByText(zh.search.hint)).toBeVisible()
  await expect(kiosk.page.getByText('hlm')).toHaveCount(0)
  await expect(titles(kiosk)).toHaveCount(0)
  expect(kiosk.everythingTold()).not.toContain('hlm')
})
