import { fireEvent, screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { stage, type Stage } from '../../../tests/stage'
import type { OwnLoan, OwnPage } from '../../api/types'

const button = (name: string | RegExp) => screen.getByRole('button', { name })
async function press(at: Stage, name: string | RegExp, within_: HTMLElement = document.body): Promise<void> {
  await fireEvent.click(within(within_).getByRole('button', { name }))
  await at.settle()
}
const card = (title: string) => screen.getByRole('article', { name: title })
const pageOf = (at: Stage): OwnPage => {
  const page = at.visit.snapshot.value?.account
  if (!page) throw new Error('no page')
  return page
}
async function changeLoan(at: Stage, id: string, more: Partial<OwnLoan>): Promise<void> {
  const page = pageOf(at)
  at.kiosk.send({ account: { ...page, loans: page.loans.map((loan) => (loan.id === id ? { ...loan, ...more } : loan)) } })
  await at.settle()
}
const called = (at: Stage, name: string) => at.kiosk.calls.filter((call) => call.startsWith(name))

describe('loans', () => {
  it('TestAccept_L47_days_left_in_words: overdue first, in words and not in colour alone', async () => {
    await stage('account_loans')
    const names = screen.getAllByRole('article').map((one) => one.querySelector('h2')?.textContent)
    expect(names.slice(0, 3)).toEqual(['平凡的世界', '城南旧事', '中国铁路史话'])
    expect(card('平凡的世界').textContent).toMatch(/已过期 20 天.*应还 11月3日 周二/)
    expect(card('中国铁路史话').textContent).toContain('今天到期')
    expect(card('三体').textContent).toMatch(/还有 12 天.*12月5日 周六前还/)
    expect(card('平凡的世界').querySelector('.state svg')).toBeTruthy()
    const head = screen.getByRole('banner', { hidden: true })
    for (const told of ['1 本已过期，请先归还', '1 本今天到期', '1 本预约到馆了', '未结费用 ¥1.50']) expect(head.textContent).toContain(told)
  })

  it('TestAccept_L47_renew_one: the button tells the date it would give', async () => {
    const at = await stage('account_loans')
    await press(at, '续借《三体》到 2027年1月4日 周一')
    expect(called(at, 'renew')).toHaveLength(1)
    expect(called(at, 'renew')[0]).toMatch(/^renew l3 [0-9a-f]{32}$/)
  })

  it('TestAccept_L47_renewal_refused_with_reason: no button, but what, why and what now', async () => {
    await stage('account_loans')
    const refused = card('红楼梦')
    expect(within(refused).queryByRole('button')).toBeNull()
    for (const words of ['这本书不能续借', '另一位读者在等它。', '请按期归还。']) expect(refused.textContent).toContain(words)
    const lost = card('城南旧事')
    expect(lost.textContent).toContain('登记为遗失')
    expect(within(lost).queryByRole('button')).toBeNull()
  })

  it('calls a reader’s loans in order only while none is late, due or lost', async () => {
    const at = await stage('account_history_off')
    const head = () => screen.getByRole('banner', { hidden: true }).textContent
    expect(head()).toContain('借着 1 本，都没有过期')
    await changeLoan(at, 'l3', { lost: true })
    expect(head()).not.toContain('都没有过期')
    await changeLoan(at, 'l3', { lost: false, daysLeft: -1 })
    expect(head()).toContain('1 本已过期，请先归还')
    await changeLoan(at, 'l3', { daysLeft: 30, answer: 'renewed' })
    expect(head()).toContain('借着 1 本，都没有过期')
  })

  it('tells every reason of one loan, and a code of one it has no words for', async () => {
    const at = await stage('account_loans')
    await changeLoan(at, 'l4', { why: [{ code: 'renew_limit', mark: 'block', params: { limit: '1' } }, { code: 'ils_refused', mark: 'block' }] })
    const refused = card('红楼梦')
    expect(refused.textContent).toContain('每本最多续借 1 次')
    expect(refused.textContent).toContain('另外：')
    expect(refused.textContent).toContain('代码 ils_refused')
  })

  it('TestAccept_L47_renew_all: each loan shows its own answer', async () => {
    const at = await stage('account_loans')
    await press(at, '全部续借 · 3 本')
    expect(called(at, 'renewAll')[0]).toMatch(/^renewAll [0-9a-f]{32}$/)
    at.kiosk.show('account_renewed', new URLSearchParams())
    await at.settle()
    expect(document.querySelector('.result')?.textContent).toBe('续借好了 2 本 · 2 本没能续借，原因写在书旁边')
    expect(at.spoken()).toContain('续借好了 2 本 · 2 本没能续借，原因写在书旁边')
    expect(card('三体').textContent).toMatch(/已续借.*2027年1月4日 周一前还/)
    expect(within(card('三体')).queryByRole('button')).toBeNull()
    expect(card('平凡的世界').textContent).toContain('11月3日 周二 就该还了')
    expect(card('诗经').textContent).toContain('还没有确定')
    expect(within(card('诗经')).queryByRole('button')).toBeNull()
  })

  it('keeps each loan where it stood when its date moves', async () => {
    const at = await stage('account_loans')
    const titles = () => screen.getAllByRole('article').map((one) => one.querySelector('h2')?.textContent)
    const before = titles()
    const page = pageOf(at)
    const others = page.loans.filter(({ id }) => id !== 'l2')
    const renewed = page.loans.filter(({ id }) => id === 'l2').map((loan) => ({ ...loan, due: '2026-12-23', daysLeft: 30, answer: 'renewed' as const }))
    at.kiosk.send({ account: { ...page, loans: [...others, ...renewed] } })
    await at.settle()
    expect(titles()).toEqual(before)
    expect(card('中国铁路史话').textContent).toContain('已续借')
  })

  it('TestAccept_L47_renew_all: those that were not renewed come first, and the result does not look like all', async () => {
    const at = await stage('account_loans')
    const page = pageOf(at)
    const loans = page.loans.map((loan, i) => ({ ...loan, answer: i < 4 ? ('renewed' as const) : ('refused' as const) }))
    at.kiosk.send({ account: { ...page, loans, asked: true } })
    await at.settle()
    const names = screen.getAllByRole('article').map((one) => one.querySelector('h2')?.textContent)
    expect(names.slice(0, 2)).toEqual(loans.slice(4).map((loan) => loan.item.title))
    expect(document.querySelector('.result')?.classList.contains('some')).toBe(true)
    at.kiosk.send({ account: { ...page, loans: loans.map((loan) => ({ ...loan, answer: 'renewed' as const })), asked: true } })
    await at.settle()
    expect(document.querySelector('.result')?.classList.contains('some')).toBe(false)
  })

  it('TestAccept_L47_nobody_is_invited_to_borrow_what_would_be_refused', async () => {
    const at = await stage('account_loans')
    const patron = at.visit.snapshot.value!.patron!
    expect(document.querySelector('header')!.textContent).toContain('想借书')
    at.kiosk.send({ patron: { ...patron, standing: [{ code: 'patron_overdue', mark: 'block', params: { count: '1' } }] } })
    await at.settle()
    expect(document.querySelector('header')!.textContent).not.toContain('想借书')
  })

  it('TestAccept_L52_results_told_aloud: renewals, one or all', async () => {
    const at = await stage('account_loans')
    await changeLoan(at, 'l3', { answer: 'renewed', due: '2027-01-04' })
    expect(at.spoken()).toBe('三体 已续借 2027年1月4日 周一前还')
    await changeLoan(at, 'l5', { answer: 'refused', why: [{ code: 'renew_reserved', mark: 'block' }] })
    expect(at.spoken()).toBe('诗经 这本书不能续借 另一位读者在等它。 请按期归还。')
    at.kiosk.send({ account: { ...pageOf(at), asked: true } })
    await at.settle()
    expect(at.spoken()).toContain('续借好了 1 本 · 1 本没能续借')
  })

  it('leads on where there is nothing', async () => {
    const at = await stage('account_empty')
    expect(screen.getByText('扫一本书的条码，就借好了。')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /续借/ })).toBeNull()
    await press(at, '预约')
    await press(at, '找书', document.querySelector('.part') as HTMLElement)
    expect(called(at, 'begin')).toEqual(['begin search'])
  })
})

describe('holds', () => {
  it('TestAccept_L47_pending_is_never_ready: place in the queue, on its way, ready with deadline', async () => {
    const at = await stage('account_holds')
    await press(at, '预约，4 项')
    expect(card('平凡的世界').textContent).toContain('到馆了')
    expect(card('平凡的世界').textContent).toContain('请在 11月30日 周一前到取书架领取')
    expect(card('The Adventures of Tom Sawyer').textContent).toContain('今天是最后一天')
    expect(card('城南旧事').textContent).toContain('第 2 位，共 3 位等候')
    for (const waiting of ['城南旧事', '中国铁路史话']) expect(card(waiting).textContent).not.toMatch(/到馆了|取书架/)
    expect(card('中国铁路史话').textContent).toContain('有一本正在送来，还没有到馆')
    expect(within(card('三体')).queryByRole('button')).toBeNull()
  })

  it('TestAccept_L47_what_cannot_be_read_of_a_hold_is_said: and the others stay as they are', async () => {
    const at = await stage('account_holds')
    await press(at, '预约，4 项')
    const page = pageOf(at)
    const [first, second, ...others] = page.holds
    const nameless = { ...first!, item: { ...first!.item, title: '', barcode: 'LQ000777' } }
    const unreadable = { ...second!, item: { ...second!.item, title: '', barcode: '' }, ready: false, position: 0, waiting: 0, until: '' }
    at.kiosk.send({ account: { ...page, holds: [nameless, unreadable, ...others] } })
    await at.settle()
    expect(within(card('条码 LQ000777')).getByRole('button', { name: '取消预约《条码 LQ000777》' })).toBeTruthy()
    expect(card('预约的书').textContent).toContain('这条预约读不出来')
    expect(card('预约的书').textContent).not.toMatch(/第 0 位/)
    expect(within(card('预约的书')).queryByRole('button')).toBeNull()
  })

  it('TestAccept_L47_cancel_asks_first: and the page behind rests meanwhile', async () => {
    const at = await stage('account_cancel')
    await press(at, '预约，2 项')
    await press(at, '取消预约《城南旧事》')
    const dialog = screen.getByRole('dialog', { name: '取消预约《城南旧事》？' })
    expect(dialog.textContent).toContain('位置会让给后面的读者')
    expect(document.querySelector('.kiosk')?.hasAttribute('inert')).toBe(true)
    await press(at, '留着预约', dialog)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.querySelector('.kiosk')?.hasAttribute('inert')).toBe(false)
    expect(called(at, 'cancelHold')).toEqual([])
    await press(at, '取消预约《城南旧事》')
    await press(at, '取消预约', screen.getByRole('dialog'))
    expect(called(at, 'cancelHold')[0]).toMatch(/^cancelHold h1 [0-9a-f]{32}$/)
    expect(screen.queryByRole('dialog')).toBeNull()
    const page = pageOf(at)
    at.kiosk.send({ account: { ...page, holds: page.holds.map((hold) => (hold.id === 'h1' ? { ...hold, cancelled: true } : hold)) } })
    await at.settle()
    expect(card('城南旧事').textContent).toContain('已取消预约')
    expect(at.spoken()).toBe('城南旧事 已取消预约')
  })

  it('gives way to the question whether anybody is there, and to the next screen', async () => {
    const at = await stage('account_cancel')
    await press(at, '预约，2 项')
    await press(at, '取消预约《城南旧事》')
    at.kiosk.send({ warning: { seconds: 20, of: 20 } })
    await at.settle()
    expect(screen.getAllByRole('dialog').map((one) => one.textContent)).toHaveLength(1)
    expect(screen.getByRole('dialog', { name: '您还在吗？' })).toBeTruthy()
    at.kiosk.show('idle', new URLSearchParams())
    await at.settle()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.querySelector('.kiosk')?.hasAttribute('inert')).toBe(false)
    expect(document.documentElement.outerHTML).not.toMatch(/城南旧事|张\*/)
  })
})

describe('charges', () => {
  it('TestAccept_L44_charges_shown: each with its kind, title, day and amount, and the sum, paid at the desk', async () => {
    const at = await stage('account_charges')
    await press(at, '费用，3 项')
    expect(screen.getByText('一共 ¥135.00')).toBeTruthy()
    expect(screen.getByText('请到服务台付，这台机器不收钱。')).toBeTruthy()
    expect(card('中国铁路史话').textContent).toMatch(/过期费 · 10月14日 周三.*¥1\.50/)
    expect(card('损坏赔偿').textContent).toMatch(/11月20日 周五.*¥5\.00/)
    const page = pageOf(at)
    at.kiosk.send({ account: { ...page, charges: page.charges.map((one) => ({ ...one, kind: 'something_new' })) } })
    await at.settle()
    expect(card('中国铁路史话').textContent).toContain('其他费用')
  })

  it('TestAccept_L44_charges_never_hidden: the head tells the sum on every part', async () => {
    const at = await stage('account_loans')
    for (const part of ['借阅，6 项', '预约，1 项', '记录']) {
      await press(at, part)
      expect(screen.getByRole('banner', { hidden: true }).textContent).toContain('未结费用 ¥1.50')
    }
  })
})

describe('reading history', () => {
  it('TestAccept_L47_history_off_until_switched_on: one plain sentence and a switch', async () => {
    const at = await stage('account_history_off')
    await press(at, '记录')
    expect(screen.queryByRole('article')).toBeNull()
    expect(screen.getByText(/您还回的书会列在这里，输入密码才看得到/)).toBeTruthy()
    await press(at, '打开阅读记录')
    expect(called(at, 'setHistory')[0]).toMatch(/^setHistory true [0-9a-f]{32}$/)
    const page = pageOf(at)
    at.kiosk.send({ account: { ...page, history: { ...page.history, on: true, since: '2026-11-23' } } })
    await at.settle()
    expect(at.spoken()).toBe('阅读记录已打开')
    expect(screen.getByText('还没有记录')).toBeTruthy()
  })

  it('is not spoken of where it is not offered', async () => {
    const at = await stage('account_history_off')
    const page = pageOf(at)
    at.kiosk.send({ account: { ...page, history: { ...page.history, offered: false } } })
    await at.settle()
    expect(screen.queryByRole('button', { name: '记录' })).toBeNull()
    expect(document.body.textContent).not.toContain('阅读记录')
  })

  it('TestAccept_L47_history_erased_only_when_confirmed', async () => {
    const at = await stage('account_history_erase')
    await press(at, '记录')
    expect(screen.getAllByRole('article')).toHaveLength(3)
    await press(at, '关掉并抹去')
    expect(screen.getByRole('dialog').textContent).toContain('全部抹去，不能恢复')
    await press(at, '留着记录')
    expect(called(at, 'setHistory')).toEqual([])
    await press(at, '关掉并抹去')
    await press(at, '关掉并抹去', screen.getByRole('dialog'))
    expect(called(at, 'setHistory')[0]).toMatch(/^setHistory false [0-9a-f]{32}$/)
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('the way in and out', () => {
  it.each(['signin_account', 'pin_account'])('TestAccept_L47_nothing_personal_before_the_PIN: %s', async (scene) => {
    const at = await stage(scene)
    expect(at.visit.snapshot.value?.account).toBeUndefined()
    expect(document.body.textContent).not.toMatch(/张|平凡的世界|已过期|未结/)
    expect(document.body.textContent).toMatch(/您的借阅|您的隐私/)
  })

  it('shows the masked name and nothing else of the person', async () => {
    const at = await stage('account_loans')
    expect(at.visit.snapshot.value?.patron?.name).toBe('张*')
    expect(screen.getByText('张*')).toBeTruthy()
  })

  it('goes back, to the search, and to the end; a scan goes to Go', async () => {
    const at = await stage('account_loans')
    await press(at, '返回')
    await press(at, '找书')
    await press(at, '结束')
    await at.scan('3000009')
    expect(at.kiosk.calls.filter((call) => !call.startsWith('touch')).map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual([
      'back',
      'begin search',
      'finish',
      'scan 3000009',
    ])
  })

  it('opens the holds of a reader who has no loans', async () => {
    await stage('account_cancel')
    expect(button('预约，2 项').getAttribute('aria-pressed')).toBe('true')
  })

  it('TestAccept_L42_an_act_that_is_not_certain_is_told_as_such', async () => {
    await stage('account_not_certain')
    expect(screen.getByText('这一步还没有确定')).toBeTruthy()
    expect(document.body.textContent).not.toMatch(/什么也没有改变|可能/)
  })
})
