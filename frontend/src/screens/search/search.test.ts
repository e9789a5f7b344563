import { fireEvent, screen, within } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stage, type Stage } from '../../../tests/stage'
import { ApiError } from '../../api/errors'
import type { FindPage, FindRequest, Found } from '../../api/find'
import { announcedAfter } from './announced'
import { alike } from './copies'
import { lookAgainEvery } from './search'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  document.documentElement.removeAttribute('data-band')
})

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const press = async (at: Stage, name: string | RegExp) => {
  await fireEvent.click(button(name))
  await at.settle()
}
const keyDown = (key: string) =>
  fireEvent.pointerDown(document.querySelector(`.keyboard [aria-label="${key}"]`) as HTMLElement, { pointerType: 'touch' })
const children: FindRequest = { text: '', onShelf: false, children: true, fresh: false, language: '', class: '', limit: 1, offset: 0 }
const shownText = () => document.querySelector('.field .text')?.textContent ?? ''
const shownTitles = () =>
  [...screen.getByRole('list', { name: '找到的书' }).querySelectorAll('b.title')].map((one) => one.textContent?.trim())
const lastAsked = (at: Stage): FindRequest => {
  const asked = at.kiosk.asked.filter(({ limit }) => limit !== 12)
  const last = asked[asked.length - 1]
  if (!last) throw new Error('nothing was asked')
  return last
}

function found(id: string, title: string): Found {
  return {
    id, title, subtitle: '', author: '佚名', publisher: '', year: '', class: 'I2', callNumber: 'I2/1', place: '二层',
    language: 'chi', children: false, fresh: false, copies: 1, onShelf: 1, cover: '', marks: [],
  }
}
const pageOf = (...hits: Found[]): FindPage => ({ hits, total: hits.length, more: false })

describe('typing', () => {
  it('TestAccept_L33_fast_typing_loses_nothing: every key shows at once, without waiting for an answer', async () => {
    const at = await stage('search')
    const answers: ((page: FindPage) => void)[] = []
    at.kiosk.find = (request) => {
      at.kiosk.asked.push(request)
      return new Promise((answer) => answers.push(answer))
    }
    const text = 'hongloumengcaoxueqin1791'
    for (const [i, letter] of [...text].entries()) {
      await keyDown(letter)
      expect(shownText()).toBe(text.slice(0, i + 1))
    }
    expect(lastAsked(at).text).toBe(text)
    // The newest answer comes first, the others after it.
    for (const [i, answer] of [...answers.entries()].reverse()) answer(pageOf(found(`f${i}`, `答${i}`)))
    await at.settle()
    expect(shownTitles()).toEqual([`答${text.length - 1}`])
  })

  it('shows the newest answer only, in whatever order they come', async () => {
    const at = await stage('search')
    const answers = new Map<string, (page: FindPage) => void>()
    at.kiosk.find = ({ text }) => new Promise((answer) => answers.set(text, answer))
    await keyDown('s')
    await keyDown('j')
    answers.get('sj')?.(pageOf(found('new', '史记')))
    await at.settle()
    answers.get('s')?.(pageOf(found('old', '水浒传')))
    await at.settle()
    expect(shownTitles()).toEqual(['史记'])
  })

  it('an answer for what was cleared meanwhile is dropped', async () => {
    const at = await stage('search')
    let answer: ((page: FindPage) => void) | undefined
    at.kiosk.find = () => new Promise((done) => (answer = done))
    await keyDown('s')
    await press(at, '清空')
    answer?.(pageOf(found('old', '史记')))
    await at.settle()
    expect(screen.queryByText('史记')).toBeNull()
    expect(screen.getByRole('heading', { name: '按类别找' })).toBeTruthy()
  })

  it('takes away the last letter, and all of them', async () => {
    const at = await stage('search')
    for (const letter of 'hlm') await keyDown(letter)
    await keyDown('删除')
    expect(shownText()).toBe('hl')
    await press(at, '清空')
    expect(shownText()).toBe('')
  })

  it('a failed answer is told kindly and tried again with the next key', async () => {
    const at = await stage('search')
    const { find } = at.kiosk
    at.kiosk.find = () => Promise.reject(new ApiError('timeout'))
    await keyDown('s')
    await at.settle()
    expect(screen.getByRole('alert').textContent).toContain('再按一个键')
    expect(at.visit.fault.value).toBeNull()
    at.kiosk.find = find
    await keyDown('j')
    await at.settle()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(shownTitles()).toContain('史记')
  })

  it('asks again by itself after a while', async () => {
    const at = await stage('search')
    const { find } = at.kiosk
    at.kiosk.find = () => Promise.reject(new ApiError('internal'))
    for (const letter of 'sj') await keyDown(letter)
    await at.settle()
    at.kiosk.find = find
    await vi.advanceTimersByTimeAsync(lookAgainEvery)
    expect(shownTitles()).toContain('史记')
  })
})

describe('results', () => {
  it('mark what matched by more than colour, and tell shelf and availability in words', async () => {
    await stage('search_results')
    const first = button(/平凡的世界/)
    expect(first.querySelector('mark')?.textContent).toBe('的')
    expect(first.textContent).toMatch(/路遥 · 人民文学出版社 · 1985/)
    expect(first.textContent).toContain('I247.57/0')
    expect(first.textContent).toContain('不在架 · 共 1')
    expect(button(/夏洛的网/).textContent).toContain('在架 2 / 共 3')
  })

  it('TestAccept_L33_paging_instead_of_scrolling: big buttons turn pages, the range is told', async () => {
    const at = await stage('search')
    const { total } = await at.kiosk.find(children)
    expect(total).toBeGreaterThan(6)
    expect(total).toBeLessThan(13)
    await press(at, '少儿')
    expect(screen.getByText(`第 1–6 本，共 ${total} 本`)).toBeTruthy()
    const before = shownTitles()
    await press(at, '下一页')
    expect(lastAsked(at)).toMatchObject({ offset: 6, limit: 6 })
    expect(screen.getByText(`第 7–${total} 本，共 ${total} 本`)).toBeTruthy()
    expect(button('下一页').getAttribute('aria-disabled')).toBe('true')
    await press(at, '上一页')
    expect(shownTitles()).toEqual(before)
  })

  it('TestAccept_L30_filters: on the shelf, children, new and language, each asked of Go', async () => {
    const at = await stage('search')
    for (const letter of 'a') await keyDown(letter)
    for (const [name, field] of [['在架', 'onShelf'], ['少儿', 'children'], ['新书', 'fresh']] as const) {
      await press(at, name)
      expect(lastAsked(at)).toMatchObject({ text: 'a', [field]: true, offset: 0 })
      expect(button(name).getAttribute('aria-pressed')).toBe('true')
      await press(at, name)
      expect(lastAsked(at)[field]).toBe(false)
    }
    await press(at, '语言')
    await press(at, '英语')
    expect(lastAsked(at)).toMatchObject({ text: 'a', language: 'eng' })
    expect(button('英语')).toBeTruthy()
  })

  it('nothing found leads on, and away from filters', async () => {
    const at = await stage('search_nothing')
    expect(screen.getByText('没有找到“xyzzy quux”')).toBeTruthy()
    expect(document.body.textContent).toContain('拼音首字母')
    await press(at, '在架')
    await press(at, '去掉条件，再找一次')
    expect(lastAsked(at)).toMatchObject({ text: 'xyzzy quux', onShelf: false })
  })

  it('the number is told aloud when the typing rests', async () => {
    const at = await stage('search')
    for (const letter of 'sj') await keyDown(letter)
    await at.settle()
    expect(screen.getByRole('status').textContent).toBe('')
    await vi.advanceTimersByTimeAsync(announcedAfter)
    expect(screen.getByRole('status').textContent).toBe('找到 2 本')
  })

  it('TestAccept_L32_filling: says that search is still being filled, and how far', async () => {
    await stage('search_filling')
    expect(document.body.textContent).toContain('已好 30%')
  })
})

describe('browsing', () => {
  it('TestAccept_L30_browse_by_class: classes in words a reader knows, their parts, and the way back', async () => {
    const at = await stage('search')
    await press(at, /文学$/)
    expect(lastAskedOf(at)).toMatchObject({ class: 'I', text: '' })
    await press(at, /^中国文学/)
    expect(lastAskedOf(at)).toMatchObject({ class: 'I2' })
    expect(button(/^中国文学/).getAttribute('aria-pressed')).toBe('true')
    await press(at, '返回上一级')
    expect(lastAskedOf(at)).toMatchObject({ class: 'I' })
    await press(at, '返回上一级')
    expect(screen.getByRole('heading', { name: '按类别找' })).toBeTruthy()
    expect(at.kiosk.calls.some((call) => call.startsWith('back'))).toBe(false)
    await press(at, '返回首页')
    expect(at.kiosk.calls.some((call) => call.startsWith('back'))).toBe(true)
  })

  it('TestAccept_L30_new_this_month: a shelf of the new at the start, and all of them', async () => {
    const at = await stage('search')
    const shelf = screen.getByRole('list', { name: '本月新书' })
    expect(within(shelf).getByRole('button', { name: '城南旧事' })).toBeTruthy()
    await press(at, /^全部 \d+ 本$/)
    expect(lastAskedOf(at)).toMatchObject({ fresh: true, class: '', text: '' })
    expect(button('新书').getAttribute('aria-pressed')).toBe('true')
  })

  it('types within a class, and comes back to it', async () => {
    const at = await stage('search')
    await press(at, /文学$/)
    await press(at, '打字找')
    for (const letter of 'sj') await keyDown(letter)
    await at.settle()
    expect(lastAskedOf(at)).toMatchObject({ class: 'I', text: 'sj' })
    await press(at, '返回上一级')
    expect(lastAskedOf(at)).toMatchObject({ class: 'I', text: '' })
  })

  const lastAskedOf = (at: Stage) => at.kiosk.asked[at.kiosk.asked.length - 1]
})

describe('a title', () => {
  it('TestAccept_L30_title_page: what it is about, its copies, its author and its shelf', async () => {
    await stage('search_title')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('平凡的世界')
    expect(document.body.textContent).toContain('写普通人的书')
    expect(document.body.textContent).toContain('第 2 版')
    const rows = within(screen.getByRole('table')).getAllByRole('row')
    expect(rows[1]?.textContent).toMatch(/已借出.*12月3日.*前还.*二层 中文文学.*I247\.57\/0/)
    const shelf = screen.getByRole('list', { name: '书架上的邻居' })
    expect(within(shelf).queryByRole('button', { name: '平凡的世界' })).toBeNull()
    expect(shelf.textContent).toContain('平凡的世界')
    await fireEvent.click(button('同一作者'))
    expect(within(screen.getByRole('list', { name: '同一作者' })).getByRole('button', { name: '人生' })).toBeTruthy()
  })

  it('shows its subjects where nothing is written about it', async () => {
    await stage('search_title_bare')
    expect(screen.getByRole('heading', { name: '主题' })).toBeTruthy()
    expect(screen.queryByRole('heading', { name: '讲什么' })).toBeNull()
  })

  it('leads from neighbour to neighbour and back, and the results stay as they were', async () => {
    const at = await stage('search')
    await press(at, '少儿')
    await press(at, '下一页')
    const before = shownTitles()
    await press(at, new RegExp(before[0] ?? ''))
    const first = screen.getByRole('heading', { level: 1 }).textContent
    const shelf = screen.getByRole('list', { name: '书架上的邻居' })
    const [neighbour] = within(shelf).getAllByRole('button')
    const name = neighbour?.querySelector('.shortens')?.textContent?.trim() ?? ''
    await fireEvent.click(neighbour as HTMLElement)
    await at.settle()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(name)
    expect(document.activeElement?.textContent).toBe(name)
    await press(at, '返回上一本')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(first)
    const asked = at.kiosk.asked.length
    await press(at, '返回')
    expect(shownTitles()).toEqual(before)
    expect(screen.getByText(/^第 7–/)).toBeTruthy()
    expect(at.kiosk.asked.length).toBe(asked)
  })

  it('turns the pages of many copies', async () => {
    const at = await stage('search_title')
    expect(screen.getByText('馆藏第 1/3 页')).toBeTruthy()
    const dock = screen.getByText('馆藏第 1/3 页').parentElement as HTMLElement
    const states = [screen.getByRole('table').textContent]
    for (let page = 2; page <= 3; page++) {
      await fireEvent.click(within(dock).getByRole('button', { name: '下一页' }))
      await at.settle()
      states.push(screen.getByRole('table').textContent)
    }
    expect(screen.getByText('馆藏第 3/3 页')).toBeTruthy()
    for (const state of ['已借出', '馆内看', '有人预约', '在路上', '暂不能借']) expect(states.join()).toContain(state)
  })

  it('that is gone says so and leads back', async () => {
    const at = await stage('search_title_gone')
    expect(screen.getByText('找不到这本书了')).toBeTruthy()
    await press(at, '返回')
    expect(screen.getByRole('heading', { name: '按类别找' })).toBeTruthy()
  })

  it('puts copies that are alike on one line, those on the shelf first', () => {
    const copy = { place: '二层', callNumber: 'I2/1', branch: '本馆' }
    const rows = alike([
      { ...copy, state: 'on_loan', due: '2026-12-03' },
      { ...copy, state: 'on_shelf' },
      { ...copy, state: 'on_loan', due: '2026-12-04' },
      { ...copy, state: 'on_shelf' },
    ])
    expect(rows.map(({ copy: { state, due }, count }) => [state, due, count])).toEqual([
      ['on_shelf', undefined, 2],
      ['on_loan', '2026-12-03', 1],
      ['on_loan', '2026-12-04', 1],
    ])
  })
})

describe('the scanner', () => {
  it('TestAccept_L35_isbn_scan: a new serial looks for its text, whatever was shown', async () => {
    const at = await stage('search')
    for (const letter of 'hlm') await keyDown(letter)
    await press(at, '在架')
    at.kiosk.send({ find: { serial: 1, text: '978-7-02-0', title: '' } })
    await at.settle()
    expect(shownText()).toBe('978-7-02-0')
    expect(lastAsked(at)).toMatchObject({ text: '978-7-02-0', onShelf: false })
    at.kiosk.send({ find: { serial: 2, text: '', title: 't4' } })
    await at.settle()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('红楼梦')
    // The same serial again is the same scan.
    await press(at, '返回')
    at.kiosk.send({ find: { serial: 2, text: '', title: 't4' } })
    await at.settle()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('找书')
  })
})

describe('afterwards', () => {
  it('TestAccept_L33_nothing_stays: all that was typed and found goes with the screen', async () => {
    const at = await stage('search')
    for (const letter of 'sj') await keyDown(letter)
    await at.settle()
    expect(document.documentElement.outerHTML).toContain('史记')
    at.kiosk.show('idle', new URLSearchParams())
    await at.settle()
    expect(document.documentElement.outerHTML).not.toMatch(/史记|诗经/)
    at.kiosk.show('search', new URLSearchParams())
    await at.settle()
    expect(shownText()).toBe('')
    expect(localStorage.length + sessionStorage.length).toBe(0)
  })

  it('asks nothing more once the screen is gone', async () => {
    const at = await stage('search_failing')
    at.kiosk.show('idle', new URLSearchParams())
    await at.settle()
    const asked = at.kiosk.asked.length
    await vi.advanceTimersByTimeAsync(3 * lookAgainEvery)
    expect(at.kiosk.asked.length).toBe(asked)
  })
})

describe('low position', () => {
  it('TestAccept_L33_low_position: the list is shown above with numbers, numbers are touched below', async () => {
    vi.stubGlobal('innerWidth', 1080)
    vi.stubGlobal('innerHeight', 1920)
    const at = await stage('search_results', 'low&inch=43')
    await at.settle()
    expect(document.documentElement.dataset['band']).toBe('narrow')
    const list = screen.getByRole('list', { name: '找到的书' })
    expect(within(list).queryByRole('button')).toBeNull()
    expect(within(list).getAllByRole('article').length).toBeGreaterThan(1)
    await press(at, '打开第 2 本：夏洛的网')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('夏洛的网')
    vi.unstubAllGlobals()
  })
})
