package demo

import (
	"time"

	"shuting/app/library"
)

// loan is one book in somebody's hands, and perhaps its way back. All times are
// before now; 0 = never.
type loan struct {
	reader    string // key
	barcode   string
	out       time.Duration
	renewed   time.Duration
	lost      time.Duration // the desk wrote it off
	damaged   time.Duration // the desk saw that it is damaged
	back      time.Duration
	expected  string // what the return must say
	elsewhere bool   // it was returned at the other branch
}

// hold is a wish for the title of a copy.
type hold struct {
	reader    string
	barcode   string
	placed    time.Duration // before now
	cancelled time.Duration // before now; 0 = never
}

// What happened in the last months. A comment names the title of the copy.
var (
	loans = []loan{
		// 围城, and a second copy of it is on the strip
		{reader: "adult", barcode: "LQ002001", out: 12 * day},
		// 昆虫记: due in two days
		{reader: "adult", barcode: "LQ005502", out: 28 * day},
		// 余震: read and returned
		{reader: "adult", barcode: "LQ002801", out: 55 * day, back: 33 * day, expected: library.Returned},
		// 夏洛的网
		{reader: "child", barcode: "LQ004902", out: 8 * day},
		// 射鵰英雄傳
		{reader: "senior", barcode: "LQ006901", out: 10 * day},
		// 唐山大地震
		{reader: "staff", barcode: "LQ003002", out: 15 * day},
		// 呐喊 and 小王子: due twenty days ago
		{reader: "overdue", barcode: "LQ001602", out: 50 * day},
		{reader: "overdue", barcode: "LQ005002", out: 50 * day},
		// 百年孤独: two others wait for it
		{reader: "neighbour", barcode: "LQ005901", out: 10 * day},
		// 雪国, 棋王, 我是猫, 夜观星空: no other copy, so none is on the shelf
		{reader: "neighbour", barcode: "LQ030901", out: 24 * day},
		{reader: "neighbour", barcode: "LQ026401", out: 21 * day},
		{reader: "neighbour", barcode: "LQ031001", out: 16 * day},
		{reader: "neighbour", barcode: "LQ020401", out: 6 * day},
		// 繁花, of which another copy is on the shelf
		{reader: "neighbour", barcode: "LQ026001", out: 9 * day},
		// 我们仨 and 从一到无穷大: now on the hold shelf
		{reader: "neighbour", barcode: "LQ002701", out: 29 * day, back: 26 * time.Hour, expected: library.ReturnedReserved},
		{reader: "neighbour", barcode: "LQ005601", out: 27 * day, back: 20 * time.Hour, expected: library.ReturnedReserved},
		// 论语译注: on its way home to the other branch
		{reader: "neighbour", barcode: "LQ000602", out: 15 * day, back: 6 * time.Hour, expected: library.ReturnedOtherBranch},

		// 许三观卖血记: lost, and to be paid for
		{reader: "charges", barcode: "LQ025502", out: 20 * day, lost: 5 * day},
		// 钢铁是怎样炼成的: still in hand, but to be mended before anybody else has it
		{reader: "damaged", barcode: "LQ029402", out: 12 * day, damaged: 2 * day},
		// 白夜行 is due today, 福尔摩斯探案全集 tomorrow
		{reader: "many", barcode: "LQ030602", out: 30 * day},
		{reader: "many", barcode: "LQ028202", out: 29 * day},
		// 一句顶一万句: renewed once, due in ten days
		{reader: "many", barcode: "LQ025602", out: 50 * day, renewed: 25 * day},
		// 故事会: a periodical, not renewed at all
		{reader: "many", barcode: "LQ044402", out: 8 * day},
		// 呼啸山庄: somebody waits for it
		{reader: "many", barcode: "LQ027901", out: 20 * day},
		// 艺术的故事, 最好的告别, 全球通史, 长征: nothing is in their way
		{reader: "many", barcode: "LQ036602", out: 8 * day},
		{reader: "many", barcode: "LQ041202", out: 8 * day},
		{reader: "many", barcode: "LQ038602", out: 20 * day},
		{reader: "many", barcode: "LQ011202", out: 20 * day},
		// 四世同堂: due three days ago; 万历十五年 is not late
		{reader: "late", barcode: "LQ023502", out: 33 * day},
		{reader: "late", barcode: "LQ038502", out: 12 * day},
		// 哈利·波特与密室
		{reader: "first", barcode: "LQ036402", out: 12 * day},
		// 我爸爸
		{reader: "little", barcode: "LQ035002", out: 10 * day},
		// 宇宙: the first of the two that a provisional card may have
		{reader: "newcomer", barcode: "LQ020202", out: 6 * day},
		// 宋词三百首: due five days ago, and then the pile came to it
		{reader: "both", barcode: "LQ022602", out: 35 * day},
		// 撒哈拉的故事, 芙蓉镇, 苏东坡传, 随园食单: what somebody reads who keeps the list
		{reader: "reading", barcode: "LQ024901", out: 68 * day, back: 48 * day, expected: library.Returned},
		{reader: "reading", barcode: "LQ025001", out: 68 * day, back: 48 * day, expected: library.Returned},
		{reader: "reading", barcode: "LQ023201", out: 48*day - time.Minute, back: 30*day + time.Minute, expected: library.Returned},
		{reader: "reading", barcode: "LQ041801", out: 30*day - time.Minute, back: 12 * day, expected: library.Returned},
		// 局外人: was on the hold shelf for somebody who did not come
		{reader: "reading", barcode: "LQ029101", out: 48*day - time.Minute, back: 30 * day, expected: library.ReturnedReserved},
		// 聊斋志异: given back at the other branch, on its way here to somebody
		{reader: "reading", barcode: "LQ000501", out: 24 * day, back: 28 * time.Hour, expected: library.ReturnedReserved, elsewhere: true},
		// 人类简史: belongs to the other branch
		{reader: "gone", barcode: "LQ010003", out: 9 * day},
		// 中日交流标准日本语, with its CDs
		{reader: "onway", barcode: "LQ017301", out: 7 * day},
		// 设计心理学
		{reader: "reading", barcode: "LQ043901", out: 30 * time.Second},
	}

	// piles are what readers have who borrowed it all in one visit.
	piles = []pile{
		{reader: "limit", out: 5 * day, barcodes: []string{"LQ000103", "LQ000202", "LQ000302", "LQ000402", "LQ001202",
			"LQ002302", "LQ002402", "LQ002602", "LQ004702", "LQ005302"}},
		{reader: "both", out: 10 * day, barcodes: []string{"LQ023602", "LQ023702", "LQ024102", "LQ024702", "LQ023002",
			"LQ027702", "LQ027802", "LQ028702", "LQ028802"}},
		// 读者, 收获, 科幻世界, 三联生活周刊, 文史知识
		{reader: "periodicals", out: 4 * day, barcodes: []string{"LQ007402", "LQ044202", "LQ044502", "LQ044602", "LQ045301"}},
	}

	holds = []hold{
		// 我们仨 and 从一到无穷大: ready since yesterday
		{reader: "senior", barcode: "LQ002701", placed: 20 * day},
		{reader: "adult", barcode: "LQ005601", placed: 18 * day},
		// 百年孤独: first and second in the queue
		{reader: "teen", barcode: "LQ005901", placed: 7 * day},
		{reader: "staff", barcode: "LQ005901", placed: 5 * day},

		// 夜观星空: first, second and third in the queue
		{reader: "first", barcode: "LQ020401", placed: 5*day - time.Minute},
		{reader: "little", barcode: "LQ020401", placed: 4 * day},
		{reader: "holds", barcode: "LQ020401", placed: 3 * day},
		// 呼啸山庄, 雪国, 棋王, 我是猫: with 夜观星空 as many as there may be
		{reader: "holds", barcode: "LQ027901", placed: 3*day - 1*time.Minute},
		{reader: "holds", barcode: "LQ030901", placed: 3*day - 2*time.Minute},
		{reader: "holds", barcode: "LQ026401", placed: 3*day - 3*time.Minute},
		{reader: "holds", barcode: "LQ031001", placed: 3*day - 4*time.Minute},
		// 聊斋志异: on its way here
		{reader: "onway", barcode: "LQ000501", placed: 9 * day},
		// 局外人: lay ready, and was not fetched
		{reader: "gone", barcode: "LQ029101", placed: 40 * day},
		// 雪国: thought better of it
		{reader: "gone", barcode: "LQ030901", placed: 15 * day, cancelled: 11 * day},
	}
)

// notFetched is when the hold shelf was cleared of what nobody had come for.
const notFetched = 26 * day

// lastStep is the very last step of the whole story: it was recorded only when
// all the others were done. A version that adds to the story gives the end
// another name, so that older demo libraries get what they lack.
const lastStep = "loan.lq043901"

// pile is what somebody borrowed in one visit.
type pile struct {
	reader   string // key
	out      time.Duration
	barcodes []string
}
