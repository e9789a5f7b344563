package print

import (
	"fmt"
	"time"

	"shuting/app/library"
)

// words are the texts of the documents in one language: beside the page's
// locales the only prose of the program. %d is a number of items.
type words struct {
	receipt  string
	card     string
	sections map[string]string // by the code of a receipt's line
	askStaff string            // under the items that were refused
	due      string
	until    string
	waiting  string // a hold that is not on the shelf yet
	barcode  string
	bringBy  string // under a receipt with due dates

	holdShelf, transit     string
	to, callNumber, reader string

	weekdays [7]string // from Sunday
	months   [12]string
	day      func(w words, d library.Date) string
	moment   func(w words, t time.Time) string
}

var tongues = map[string]words{
	"zh-Hans": {
		receipt: "借还记录",
		card:    "读者证",
		sections: map[string]string{
			library.ReceiptBorrowed:   "借了 %d 本",
			library.ReceiptRenewed:    "续借了 %d 本",
			library.ReceiptNotRenewed: "没能续借 %d 本",
			library.ReceiptReturned:   "还了 %d 本",
			library.ReceiptHeld:       "预约了 %d 种",
			library.ReceiptRefused:    "没有办成 %d 本",
		},
		askStaff:   "原因请问工作人员。",
		due:        "应还日期",
		until:      "留到",
		waiting:    "正在排队",
		barcode:    "条码",
		bringBy:    "请在应还日期当天或之前归还。",
		holdShelf:  "预约架",
		transit:    "调拨",
		to:         "送往",
		callNumber: "索书号",
		reader:     "读者证",
		weekdays:   [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		day:        chineseDay,
		moment:     chineseMoment,
	},
	"zh-Hant": {
		receipt: "借還紀錄",
		card:    "讀者證",
		sections: map[string]string{
			library.ReceiptBorrowed:   "借了 %d 本",
			library.ReceiptRenewed:    "續借了 %d 本",
			library.ReceiptNotRenewed: "未能續借 %d 本",
			library.ReceiptReturned:   "還了 %d 本",
			library.ReceiptHeld:       "預約了 %d 種",
			library.ReceiptRefused:    "沒有辦成 %d 本",
		},
		askStaff:   "原因請問館員。",
		due:        "應還日期",
		until:      "留到",
		waiting:    "正在排隊",
		barcode:    "條碼",
		bringBy:    "請在應還日期當天或之前歸還。",
		holdShelf:  "預約架",
		transit:    "調撥",
		to:         "送往",
		callNumber: "索書號",
		reader:     "讀者證",
		weekdays:   [7]string{"週日", "週一", "週二", "週三", "週四", "週五", "週六"},
		day:        chineseDay,
		moment:     chineseMoment,
	},
	"en": {
		receipt: "Your visit",
		card:    "Card",
		sections: map[string]string{
			library.ReceiptBorrowed:   "Borrowed: %d",
			library.ReceiptRenewed:    "Renewed: %d",
			library.ReceiptNotRenewed: "Not renewed: %d",
			library.ReceiptReturned:   "Returned: %d",
			library.ReceiptHeld:       "Reserved: %d",
			library.ReceiptRefused:    "Not done: %d",
		},
		askStaff:   "Please ask our staff why.",
		due:        "Due",
		until:      "Kept until",
		waiting:    "In the queue",
		barcode:    "Barcode",
		bringBy:    "Please return each item on or before its due date.",
		holdShelf:  "HOLD SHELF",
		transit:    "TRANSIT",
		to:         "To",
		callNumber: "Call number",
		reader:     "For card",
		weekdays:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		months:     [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		day:        englishDay,
		moment:     englishMoment,
	},
}

func chineseDay(w words, d library.Date) string {
	return fmt.Sprintf("%d年%d月%d日 %s", d.Year, d.Month, d.Day, w.weekdays[d.Weekday()])
}

func chineseMoment(_ words, t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日 %s", t.Year(), t.Month(), t.Day(), t.Format("15:04"))
}

func englishDay(w words, d library.Date) string {
	return fmt.Sprintf("%s %d %s %d", w.weekdays[d.Weekday()], d.Day, w.months[d.Month-1], d.Year)
}

func englishMoment(w words, t time.Time) string {
	return fmt.Sprintf("%d %s %d, %s", t.Day(), w.months[t.Month()-1], t.Year(), t.Format("15:04"))
}
