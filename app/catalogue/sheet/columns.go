package sheet

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"shuting/app/catalogue/marc"
)

// Column is what a column of a table holds.
type Column string

// The columns.
const (
	Control    Column = "control-number"
	Title      Column = "title"
	Subtitle   Column = "subtitle"
	Author     Column = "author"
	Edition    Column = "edition"
	Place      Column = "place" // of publication
	Publisher  Column = "publisher"
	Year       Column = "year"
	Extent     Column = "extent"
	Price      Column = "price"
	Series     Column = "series"
	ISBN       Column = "isbn"
	ISSN       Column = "issn"
	Language   Column = "language"
	Class      Column = "class"
	CallNumber Column = "call-number"
	Subject    Column = "subject"
	Summary    Column = "summary"
	Barcode    Column = "barcode"
	Location   Column = "location" // of the copy
	Branch     Column = "branch"
)

// known is every column with the tag its text gets and the names it goes by,
// without space and signs. A name stands at one column only.
var known = []struct {
	column Column
	tag    string
	names  string
}{
	{Control, marc.TableControl, "控制号 控制號 记录控制号 记录号 記錄號 书目记录号 书目号 marc号 marc记录号 001 controlnumber controlno recordnumber recordid bibid biblionumber"},
	{Title, marc.TableTitle, "题名 題名 正题名 正題名 书名 書名 图书名称 圖書名稱 题名与责任者 书刊名 刊名 title booktitle titleproper"},
	{Subtitle, marc.TableSubtitle, "副题名 副題名 副书名 副書名 副标题 其他题名信息 其它题名信息 subtitle othertitle remainderoftitle"},
	{Author, marc.TableNames, "责任者 責任者 第一责任者 主要责任者 作者 著者 著作者 著译者 编著者 作者姓名 author authors by creator writer"},
	{Edition, marc.TableEdition, "版本 版次 版本说明 版本項 edition editionstatement"},
	{Place, marc.TablePlace, "出版地 出版地点 placeofpublication publicationplace pubplace"},
	{Publisher, marc.TablePublisher, "出版社 出版者 出版单位 出版單位 出版机构 出版商 publisher press imprint"},
	{Year, marc.TableYear, "出版年 出版年份 出版日期 出版时间 出版時間 出版年月 年份 year pubyear yearofpublication publicationyear publicationdate datepublished pubdate date"},
	{Extent, marc.TableExtent, "页数 頁數 页码 頁碼 总页数 载体形态 載體形態 extent pages numberofpages physicaldescription"},
	{Price, marc.TablePrice, "价格 價格 定价 定價 单价 單價 码洋 price listprice cost"},
	{Series, marc.TableSeries, "丛书 叢書 丛书名 叢書名 丛编 丛编项 series seriestitle"},
	{ISBN, marc.TableISBN, "isbn isbn号 isbn號 标准书号 標準書號 国际标准书号 國際標準書號 书号 書號 isbn13 isbn10 isbnissn"},
	{ISSN, marc.TableISSN, "issn issn号 国际标准刊号 標準刊號"},
	{Language, marc.TableLanguage, "语种 語種 语言 語言 文种 language lang"},
	{Class, marc.TableClass, "分类号 分類號 中图分类号 中圖分類號 中图法分类号 中图法 图书分类号 类号 分类 分類 class classnumber classno classification clc clcnumber"},
	{CallNumber, marc.TableCall, "索书号 索書號 索取号 索取號 排架号 排架號 callnumber callno shelfmark shelfnumber"},
	{Subject, marc.TableSubject, "主题 主題 主题词 主題詞 关键词 關鍵詞 subject subjects subjectheadings keyword keywords"},
	{Summary, marc.TableSummary, "内容简介 內容簡介 内容提要 內容提要 摘要 提要 简介 簡介 summary abstract description"},
	{Barcode, "b", "条码 條碼 条码号 條碼號 条形码 條形碼 条形码号 馆藏条码 館藏條碼 图书条码 barcode itembarcode barcodenumber barcodeno"},
	{Location, "l", "馆藏地 館藏地 馆藏地点 館藏地點 馆藏位置 典藏地 典藏地点 所在馆藏地 存放地点 架位 location shelvinglocation shelflocation itemlocation collection"},
	{Branch, "m", "分馆 分館 分馆代码 馆代码 所属馆 所屬館 branch branchcode library homebranch"},
}

// Columns there are, in the order of a title's description.
func Columns() []Column {
	var all []Column
	for _, k := range known {
		all = append(all, k.column)
	}
	return all
}

// Names a column goes by unless others are given.
func Names(c Column) []string {
	for _, k := range known {
		if k.column == c {
			return strings.Fields(k.names)
		}
	}
	return nil
}

// Headers are a library's own names of columns; a column that is not in it has
// its usual names.
type Headers map[Column][]string

// Check names the first thing that cannot be: a column there is none of, an
// empty name, or one name for two columns.
func (h Headers) Check() error {
	_, err := h.table()
	return err
}

// table turns the names around: name → column.
func (h Headers) table() (map[string]Column, error) {
	for c := range h {
		if !slices.Contains(Columns(), c) {
			return nil, fmt.Errorf("sheet: no column is called %q", c)
		}
	}
	byName := make(map[string]Column)
	own := make(map[string]bool)
	for _, c := range Columns() {
		for _, name := range h[c] {
			key := headerKey(name)
			if key == "" {
				return nil, fmt.Errorf("sheet: column %s: %q is no name", c, name)
			}
			if other, taken := byName[key]; taken && other != c {
				return nil, fmt.Errorf("sheet: %q is the name of both %s and %s", name, other, c)
			}
			byName[key], own[key] = c, true
		}
	}
	for _, c := range Columns() {
		if h[c] != nil {
			continue
		}
		for _, name := range Names(c) {
			if !own[name] {
				byName[name] = c
			}
		}
	}
	return byName, nil
}

// headerKey is a name without case, width, space, signs and what stands in
// brackets: "题 名（必填）*" is "题名".
func headerKey(s string) string {
	s = norm.NFKC.String(s)
	if before, _, found := strings.Cut(s, "("); found && headerLetters(before) != "" {
		s = before
	}
	return headerLetters(s)
}

func headerLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// header is which cell of a row holds what.
type header struct {
	at    map[Column]int
	cells int // the row has, without empty ones at its end
}

// readHeader returns the header a row makes; ok is false if it names no title or
// nothing beside it.
func readHeader(cells []string, byName map[string]Column) (h header, ok bool) {
	h.at = make(map[Column]int)
	for i, cell := range cells {
		key := headerKey(cell)
		if key != "" {
			h.cells = i + 1
		}
		if c, named := byName[key]; named {
			if _, twice := h.at[c]; !twice {
				h.at[c] = i
			}
		}
	}
	_, titled := h.at[Title]
	return h, titled && len(h.at) >= 2
}
