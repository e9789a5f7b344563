import { fireEvent, screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { stage, type Stage } from '../../../tests/stage'

const heading = () => screen.getByRole('heading', { level: 1 }).textContent

async function press(at: Stage, name: string): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }))
  await at.settle()
}

describe('a wish for a title', () => {
  it('TestAccept_L42_hold_placed: the place in the queue and what happens next', async () => {
    const at = await stage('borrow_hold')
    at.kiosk.show('held_ok', new URLSearchParams())
    await at.settle()
    expect(heading()).toBe('预约好了')
    expect(screen.getByText('您排在第 2 位，共 3 位等候')).toBeTruthy()
    expect(document.querySelector('.answer')?.textContent).toContain('放在取书架上为您留着')
    expect(at.spoken()).toContain('平凡的世界 预约好了 您排在第 2 位，共 3 位等候')
  })

  it('says it plainly to the only one who waits', async () => {
    await stage('held_first')
    expect(screen.getByText('您是第一位')).toBeTruthy()
  })

  it('TestAccept_L42_hold_refused: what, why and what now of every reason', async () => {
    const at = await stage('borrow_hold')
    at.kiosk.show('held_troubles', new URLSearchParams())
    await at.settle()
    expect(heading()).toBe('预约已经满了')
    for (const words of ['最多可预约 5 本，您现在有 5 本。', '取走或取消一本', '另外：', '应还日期是 12月2日 周三。', '您的证现在暂停使用。', '请到服务台问一问。']) {
      expect(document.querySelector('.answer')?.textContent).toContain(words)
      if (words !== '另外：') expect(at.spoken()).toContain(words)
    }
  })

  it('TestAccept_L45_never_maybe: it says that it is not certain yet, and what is found out replaces it', async () => {
    const at = await stage('held_unknown')
    expect(heading()).toBe('还没有确定')
    expect(document.body.textContent).toContain('机器正在查')
    expect(document.body.textContent).not.toMatch(/可能|也许/)
    at.kiosk.show('held_ok', new URLSearchParams())
    await at.settle()
    expect(heading()).toBe('预约好了')
    expect(at.spoken()).toContain('预约好了')
  })

  it('leads to My page, to more books, and to the end', async () => {
    const at = await stage('held_ok')
    await press(at, '我的借阅')
    await press(at, '继续找书')
    await press(at, '返回')
    await press(at, '结束')
    expect(at.kiosk.calls.filter((call) => call !== 'touch')).toEqual(['begin account', 'begin search', 'back', 'finish'])
  })
})
