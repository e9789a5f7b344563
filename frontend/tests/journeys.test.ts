import { fireEvent, screen, within } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../src/api/errors'
import { scenes } from '../src/api/scenes'
import { languages } from '../src/api/types'
import { stage } from './stage'

afterEach(() => vi.useRealTimers())

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const press = (name: string | RegExp) => fireEvent.click(button(name))

describe('every screen', () => {
  for (const language of languages) {
    it.each(Object.keys(scenes))(`TestAccept_L15_screens: %s has a heading and named controls in ${language}`, async (scene) => {
      const { kiosk } = await stage(scene, `lang=${language}`)
      expect(document.documentElement.lang).toBe(language)
      expect(screen.getAllByRole('heading', { hidden: true }).length).toBeGreaterThan(0)
      expect(document.querySelectorAll('h1').length).toBe(1)
      for (const one of screen.queryAllByRole('button', { hidden: true })) {
        expect((one.getAttribute('aria-label') ?? one.textContent ?? '').trim()).not.toBe('')
      }
      expect(document.body.textContent).not.toMatch(/\{\w+\}|undefined|NaN|\w+\.\w+\.(what|why|now)/)
      expect(kiosk.calls.filter((call) => call !== 'touch')).toEqual([])
    })
  }
})

describe('borrowing', () => {
  it('TestAccept_L15_card_then_books_no_tap: scans go to Go from any screen, without a focused field', async () => {
    const { kiosk, scan } = await stage('idle')
    await scan('LB202600029')
    kiosk.show('borrow_empty', new URLSearchParams())
    await scan('3000001')
    await scan('3000002')
    const scans = kiosk.calls.filter((call) => call.startsWith('scan'))
    expect(scans.map((call) => call.split(' ')[1])).toEqual(['LB202600029', '3000001', '3000002'])
    expect(new Set(scans.map((call) => call.split(' ')[2])).size).toBe(3)
    expect(document.querySelector('input, textarea, [contenteditable]')).toBeNull()
  })

  it('TestAccept_L15_count_to_check_the_pile', async () => {
    await stage('borrow_three')
    expect(screen.getByText('数一数手里的书：应有 3 本')).toBeTruthy()
    expect(within(screen.getByRole('banner', { hidden: true })).getByText('本次已借 3 本')).toBeTruthy()
    expect(screen.getAllByText('12月22日 周二前还')).toHaveLength(3)
  })

  it('TestAccept_L15_refusal_stays_in_the_list with its three parts, until it is read', async () => {
    const { kiosk, settle } = await stage('borrow_refused')
    const entry = screen.getByRole('article', { name: '三体' })
    expect(within(entry).getByText('这本书今天不能借')).toBeTruthy()
    expect(within(entry).getByText('另一位读者已经预约。')).toBeTruthy()
    expect(within(entry).getByText('请把书交给工作人员；想看可以预约。')).toBeTruthy()
    await fireEvent.click(within(entry).getByRole('button', { name: '知道了' }))
    await settle()
    expect(kiosk.calls).toContain('dismiss e3')
  })

  it('shows every reason of one item: the first large, the others as lines', async () => {
    await stage('borrow_troubles')
    const entry = screen.getAllByRole('article')[0] as HTMLElement
    for (const words of ['有书到期没还，暂时不能借', '已经借满了', '这本书今天不能借', '这本书要再大一些才能借']) {
      expect(entry.textContent).toContain(words)
    }
  })

  it.each([
    ['borrow_parts', '都在，借这本', '不齐，先不借'],
    ['borrow_yours', '续借', '不续借'],
  ])('asks with the words of the act: %s', async (scene, yes, no) => {
    const { kiosk, settle } = await stage(scene)
    await press(yes)
    await settle()
    await press(no)
    await settle()
    const answers = kiosk.calls.filter((call) => call.startsWith('answer'))
    expect(answers[0]).toMatch(/^answer e3 true [0-9a-f]{32}$/)
    expect(answers[1]).toMatch(/^answer e3 false [0-9a-f]{32}$/)
  })

  it('does not invite a reader who may not borrow to scan on', async () => {
    await stage('borrow_standing')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('张*，您好')
    expect(screen.queryByText('把下一本书的条码对准扫描口')).toBeNull()
    expect(document.body.textContent).toContain('未结 ¥23.50，满 ¥20.00 就暂停借书。')
  })

  it('says what it does not know how to say with a code for staff', async () => {
    const { kiosk, settle } = await stage('borrow_refused')
    const refused = scenes['borrow_refused']?.entries[0]
    if (!refused) throw new Error('no entry')
    kiosk.send({ entries: [{ ...refused, reasons: [{ code: 'ils_refused', mark: 'block' }] }] })
    await settle()
    expect(screen.getByText('代码 ils_refused')).toBeTruthy()
  })
})

describe('finding', () => {
  it('TestAccept_L30_find_from_idle: a tile leads to the search', async () => {
    const { kiosk, settle } = await stage('idle')
    await press(/^找书/)
    await settle()
    expect(kiosk.calls).toContain('begin search')
  })
})

describe('a reader’s own page and wishes', () => {
  it('TestAccept_L47_my_page_from_the_list: a quiet button leads there, another to the search', async () => {
    const { kiosk, settle } = await stage('borrow_three')
    await press('我的借阅')
    await press('找书')
    await settle()
    expect(kiosk.calls.filter((call) => call.startsWith('begin'))).toEqual(['begin account', 'begin search'])
  })

  it('TestAccept_L42_hold_beside_a_refusal: of a book another reader has or waits for', async () => {
    const { kiosk, settle } = await stage('borrow_hold')
    for (const title of ['三体', '开滦煤矿百年图志']) {
      await fireEvent.click(within(screen.getByRole('article', { name: title })).getByRole('button', { name: '预约这本书' }))
      await settle()
    }
    const holds = kiosk.calls.filter((call) => call.startsWith('hold'))
    expect(holds.map((call) => call.split(' ')[1])).toEqual(['t3000004', 't3000009'])
    expect(new Set(holds.map((call) => call.split(' ')[2])).size).toBe(2)
  })

  it('offers no hold of a book that has no title, or that is refused for another reason first', async () => {
    const { kiosk, settle } = await stage('borrow_hold')
    const entry = scenes['borrow_hold']?.entries[0]
    if (!entry) throw new Error('no entry')
    const reasons = [{ code: 'item_damaged', mark: 'block' as const }, ...entry.reasons]
    kiosk.send({ entries: [{ ...entry, reasons }, { ...entry, id: 'x', item: { ...entry.item, titleId: '' } }] })
    await settle()
    expect(screen.getAllByRole('article')).toHaveLength(2)
    expect(screen.queryByRole('button', { name: '预约这本书' })).toBeNull()
  })

  it('TestAccept_L47_the_card_says_what_it_is_for', async () => {
    const { kiosk, settle } = await stage('signin_account')
    expect(screen.getByText('刷证后输入密码，就能看到您的借阅。')).toBeTruthy()
    kiosk.show('pin_account', new URLSearchParams())
    await settle()
    expect(screen.getByText('借阅记录是您的隐私，所以要密码。')).toBeTruthy()
    kiosk.show('signin_hold', new URLSearchParams())
    await settle()
    expect(screen.getByText('刷好证就预约《平凡的世界》')).toBeTruthy()
    kiosk.show('pin', new URLSearchParams())
    await settle()
    expect(document.body.textContent).not.toMatch(/隐私|预约/)
  })

  it('TestAccept_L42_hold_from_the_title_page: it says how many wait, and is quieter while a copy is there', async () => {
    const { kiosk, settle } = await stage('search_known_title')
    const hold = button(/^预约这本书/)
    expect(hold.textContent).toContain('3 位读者在等')
    expect(hold.classList).toContain('main')
    await fireEvent.click(hold)
    await settle()
    expect(kiosk.calls.find((call) => call.startsWith('hold'))).toMatch(/^hold t0 [0-9a-f]{32}$/)
    kiosk.show('idle', new URLSearchParams())
    await settle()
    kiosk.show('search_title_shelf', new URLSearchParams())
    await settle()
    expect(button(/^预约这本书/).textContent).toContain('在架上，可以直接取')
    expect(button(/^预约这本书/).classList).not.toContain('main')
  })

  it('offers no hold of a title nobody may take home', async () => {
    await stage('search_title_bare')
    expect(screen.queryByRole('button', { name: /^预约/ })).toBeNull()
  })

  it('knows who searches, ends the visit from there, and leads back to where the title stood', async () => {
    const { kiosk, settle } = await stage('search_known_title')
    expect(screen.getByText('张*')).toBeTruthy()
    await press('结束')
    await press('返回')
    await settle()
    expect(kiosk.calls.filter((call) => call !== 'touch')).toEqual(['finish', 'back'])
    kiosk.show('idle', new URLSearchParams())
    await settle()
    kiosk.show('search_known', new URLSearchParams())
    await settle()
    await press('返回')
    await settle()
    expect(kiosk.calls.filter((call) => call !== 'touch')).toEqual(['finish', 'back', 'back'])
  })

  it('keeps the page of a title inside the search of a reader who has no card here', async () => {
    const { kiosk, settle } = await stage('search_title_hold')
    expect(screen.queryByText('张*')).toBeNull()
    expect(screen.queryByRole('button', { name: '结束' })).toBeNull()
    await press('返回')
    await settle()
    expect(kiosk.calls).not.toContain('back')
    expect(screen.getByRole('heading', { level: 1, name: '找书' })).toBeTruthy()
  })

  it('TestAccept_L48_this_book_can_be_looked_at: one, not a pile', async () => {
    const { kiosk, settle } = await stage('item')
    await press('看看这本书')
    await settle()
    expect(kiosk.calls).toContain('openTitle t3000005')
    kiosk.show('item_many', new URLSearchParams())
    await settle()
    expect(screen.queryByRole('button', { name: '看看这本书' })).toBeNull()
  })
})

describe('returning', () => {
  it('tells what else is true of a book that came back', async () => {
    const { kiosk, settle } = await stage('return_two')
    const entry = scenes['return_two']?.entries[0]
    if (!entry) throw new Error('no entry')
    kiosk.send({ entries: [{ ...entry, result: 'returned_reserved', also: ['returned_has_parts'] }] })
    await settle()
    const shown = screen.getByRole('article')
    expect(shown.textContent).toContain('已还，有读者在等它')
    expect(shown.textContent).toContain('请确认附件都在书里')
    expect(shown.textContent).toContain('晚了 3 天')
  })

  it('shows nothing about a person', async () => {
    await stage('return_many')
    expect(document.body.textContent).not.toContain('张')
  })
})

describe('PIN', () => {
  const type = async (digits: string) => {
    for (const digit of digits) await fireEvent.pointerDown(button(digit), { isPrimary: true })
  }

  it('TestAccept_L13_keypad_of_ours: sends the digits once all are there and keeps none', async () => {
    const { kiosk, settle } = await stage('pin')
    await type('1357')
    await fireEvent.pointerDown(button('删除'), { isPrimary: true })
    expect(screen.getByRole('status').textContent).toBe('已输入 3 位，共 6 位')
    expect(document.body.textContent).not.toContain('135')
    await type('790')
    await settle()
    expect(kiosk.calls.find((call) => call.startsWith('enterPIN'))).toMatch(/^enterPIN 135790 [0-9a-f]{32}$/)
    expect(screen.getByRole('status').textContent).toBe('已输入 0 位，共 6 位')
  })

  it('takes the digits of a scanner as a scan', async () => {
    const { kiosk, scan } = await stage('pin')
    await scan('135790')
    expect(kiosk.calls.some((call) => call.startsWith('scan 135790'))).toBe(true)
    expect(kiosk.calls.some((call) => call.startsWith('enterPIN'))).toBe(false)
    expect(screen.getByRole('status').textContent).toBe('已输入 0 位，共 6 位')
  })

  it('waits after wrong tries, counting down', async () => {
    vi.useFakeTimers()
    const { kiosk } = await stage('pin_wait')
    expect(screen.getByText('请等 30 秒再试')).toBeTruthy()
    await type('135790')
    expect(kiosk.calls.some((call) => call.startsWith('enterPIN'))).toBe(false)
    await vi.advanceTimersByTimeAsync(12_000)
    expect(screen.getByText('请等 18 秒再试')).toBeTruthy()
    await vi.advanceTimersByTimeAsync(19_000)
    expect(screen.queryByText(/秒再试/)).toBeNull()
    await type('135790')
    await vi.advanceTimersByTimeAsync(0)
    expect(kiosk.calls.some((call) => call.startsWith('enterPIN'))).toBe(true)
  })
})

describe('over any screen', () => {
  it('TestAccept_L14_idle_warning: asks, counts down, and goes on or ends', async () => {
    vi.useFakeTimers()
    const { kiosk } = await stage('warning')
    const dialog = screen.getByRole('dialog', { name: '您还在吗？' })
    expect(document.activeElement).toBe(dialog)
    expect(dialog.textContent).toContain('18 秒后自动结束')
    await vi.advanceTimersByTimeAsync(5000)
    expect(dialog.textContent).toContain('13 秒后自动结束')
    await fireEvent.click(within(dialog).getByRole('button', { name: '继续' }))
    expect(kiosk.calls).toContain('touch')
    await fireEvent.click(within(dialog).getByRole('button', { name: '结束' }))
    await vi.advanceTimersByTimeAsync(0)
    expect(kiosk.calls.some((call) => call.startsWith('finish'))).toBe(true)
  })

  it('TestAccept_L15_live_region: tells each result in full words', async () => {
    const { kiosk, settle, spoken } = await stage('borrow_empty')
    kiosk.show('borrow_refused', new URLSearchParams())
    await settle()
    expect(spoken()).toContain('平凡的世界 已借 12月22日 周二前还')
    expect(spoken()).toContain('三体 没有借成 这本书今天不能借 另一位读者已经预约。')
    expect(spoken()).toContain('本次已借 3 本')
    kiosk.show('unreadable', new URLSearchParams())
    await settle()
    expect(spoken()).toBe('没有看清条码 可能是歪了、太远，或条码有破损。 请再扫一次；还不行就找工作人员。')
    kiosk.show('idle', new URLSearchParams())
    await settle()
    expect(spoken()).toBe('')
  })

  it('reads from the new heading on', async () => {
    const { kiosk, settle } = await stage('idle')
    kiosk.show('signin', new URLSearchParams())
    await settle()
    expect(document.activeElement?.textContent).toBe('请刷读者证')
  })

  it('TestAccept_L14_everything_wiped: nothing of the reader is left in the page', async () => {
    const { kiosk, settle } = await stage('borrow_refused')
    expect(document.documentElement.outerHTML).toContain('平凡的世界')
    kiosk.show('idle', new URLSearchParams())
    await settle()
    expect(document.documentElement.outerHTML).not.toMatch(/张\*|平凡的世界|三体|本已借|应有/)
    expect(localStorage.length + sessionStorage.length).toBe(0)
  })

  it('switches language and modes through Go', async () => {
    const { settle } = await stage('idle')
    await press('English')
    await settle()
    expect(document.documentElement.lang).toBe('en')
    expect(screen.getByRole('button', { name: /^Borrow/ })).toBeTruthy()
    for (const [name, attribute, value] of [
      ['Large text', 'text', 'large'],
      ['High contrast', 'contrast', 'high'],
      ['Low position', 'position', 'low'],
    ] as const) {
      await press(name)
      await settle()
      expect(document.documentElement.dataset[attribute]).toBe(value)
      expect(button(name).getAttribute('aria-pressed')).toBe('true')
    }
  })

  it('says so kindly when Go is gone, with nothing of the reader, and comes back', async () => {
    vi.useFakeTimers()
    const { kiosk } = await stage('borrow_three')
    const { finish, snapshot } = kiosk
    kiosk.finish = () => Promise.reject(new ApiError('timeout'))
    kiosk.snapshot = () => Promise.reject(new ApiError('timeout'))
    await press('结束')
    await vi.advanceTimersByTimeAsync(0)
    expect(screen.getByRole('alert').textContent).toContain('已经办好的不会丢')
    expect(document.body.textContent).not.toContain('平凡的世界')
    kiosk.finish = finish
    kiosk.snapshot = snapshot
    await vi.advanceTimersByTimeAsync(4000)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('closes calmly when it cannot lend', async () => {
    await stage('closed')
    expect(screen.getByRole('heading', { name: '请到服务台办理' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^借书/ })).toBeNull()
  })

  it('tells in its own words what was not done', async () => {
    const { kiosk, settle } = await stage('idle')
    kiosk.begin = () => Promise.reject(new ApiError('internal'))
    await press(/^借书/)
    await settle()
    expect(screen.getByText('这一步没有办成')).toBeTruthy()
    await press('知道了')
    await settle()
    expect(screen.queryByText('这一步没有办成')).toBeNull()
  })
})

describe('first start', () => {
  it('TestAccept_L06_recovery_code_shown_once: two steps put it away', async () => {
    const { kiosk, settle } = await stage('recovery')
    expect(screen.getByText('K7QF2')).toBeTruthy()
    await press('我已抄下')
    expect(kiosk.calls.some((call) => call.startsWith('acknowledge'))).toBe(false)
    await press('再看一遍')
    const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000)
    await press('我已抄下')
    // The second tap of one finger confirms nothing.
    await press('核对过了，不再显示')
    await settle()
    expect(kiosk.calls.some((call) => call.startsWith('acknowledge'))).toBe(false)
    clock.mockReturnValue(11_500)
    await press('核对过了，不再显示')
    await settle()
    clock.mockRestore()
    expect(kiosk.calls.some((call) => call.startsWith('acknowledge'))).toBe(true)
  })
})

describe('demo', () => {
  it('TestAccept_L16_samples_act_as_scanned', async () => {
    const { kiosk, settle } = await stage('idle', 'demo')
    const strip = screen.getByRole('complementary', { name: '演示' })
    expect(strip.textContent).toContain('DEMO')
    await fireEvent.click(within(strip).getByRole('button', { name: '演示证：成人，1000000' }))
    await settle()
    expect(kiosk.calls.some((call) => call.startsWith('scan 1000000'))).toBe(true)
    kiosk.show('borrow_empty', new URLSearchParams())
    await settle()
    expect(within(strip).getByRole('button', { name: '演示书：平凡的世界，在架' })).toBeTruthy()
  })

  it('has no strip outside the demo library', async () => {
    await stage('idle')
    expect(screen.queryByRole('complementary')).toBeNull()
  })
})
