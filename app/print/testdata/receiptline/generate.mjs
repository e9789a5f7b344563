// Prints one document on three widths of paper with receiptline. The test that
// reads these jobs lists the same document.
import { writeFileSync } from 'node:fs'
import receiptline from 'receiptline'

const document = [
  '{width:auto;text:wrap;border:none;align:center}',
  '"路北区图书馆"',
  '^^^"预约架"',
  '{align:left}',
  '|红楼梦：程乙本（上）',
  '|Der Name der Rose, 3. Aufl.',
  '|"读者证 *******0018"',
  '{align:center;code:TS20260001;option:code128,2,72,nohri}',
  '{code:16040099;option:code128,2,72,nohri}',
  '{code:https://lib.invalid/TS20260001;option:qrcode,6,M}',
].join('\n')

for (const cpl of [32, 42, 48]) {
  const job = receiptline.transform(document, { cpl, encoding: 'gb18030', command: 'escpos', cutting: true })
  writeFileSync(new URL(`${cpl}.bin`, import.meta.url), Buffer.from(job, 'binary'))
}
