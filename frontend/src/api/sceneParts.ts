// What scenes are made of: titles, an empty visit, a reader. Not in a shipped
// build.

import type { Reason, Snapshot, Title } from './types'

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

export function at(i: number): Title {
  return sampleTitles[i % sampleTitles.length] ?? longTitle
}

export const block = (code: string, params: Record<string, string> = {}): Reason => ({ code, mark: 'block', params })

export const base: Snapshot = {
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

export const patron = { name: '张*', loans: 0, loanLimit: 10, loanDays: 30, standing: [] }
export const ends = { seconds: 38, of: 65 }
