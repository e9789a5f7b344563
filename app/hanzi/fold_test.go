package hanzi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestAccept_L28_simplified_equals_traditional(t *testing.T) {
	for _, pair := range scripts {
		if s, tr := Fold(pair[0]), Fold(pair[1]); s != tr {
			t.Errorf("%s folds to %q, %s to %q", pair[0], s, pair[1], tr)
		}
	}
}

// The same titles in simplified and in another script or form.
var scripts = [][2]string{
	{"红楼梦", "紅樓夢"}, {"三国演义", "三國演義"}, {"水浒传", "水滸傳"}, {"西游记", "西遊記"},
	{"聊斋志异", "聊齋誌異"}, {"儒林外史", "儒林外史"}, {"论语译注", "論語譯注"}, {"孙子兵法", "孫子兵法"},
	{"资治通鉴", "資治通鑑"}, {"徐霞客游记", "徐霞客遊記"}, {"梦溪笔谈", "夢溪筆談"}, {"天工开物", "天工開物"},
	{"呐喊", "吶喊"}, {"彷徨", "徬徨"}, {"骆驼祥子", "駱駝祥子"}, {"围城", "圍城"}, {"边城", "邊城"},
	{"城南旧事", "城南舊事"}, {"射雕英雄传", "射鵰英雄傳"}, {"天龙八部", "天龍八部"}, {"倚天屠龙记", "倚天屠龍記"},
	{"鹿鼎记", "鹿鼎記"}, {"台北人", "臺北人"}, {"目送", "目送"}, {"撒哈拉的故事", "撒哈拉的故事"},
	{"活着", "活著"}, {"跟着感觉走", "跟著感覺走"}, {"乾隆皇帝", "乾隆皇帝"},
	{"饼干与干净的手", "餅乾與乾淨的手"}, {"皇后与后来", "皇后與後來"}, {"头发的故事", "頭髮的故事"},
	{"发现中国", "發現中國"}, {"面包与面子", "麵包與面子"}, {"里程碑里外", "里程碑裏外"}, {"里外", "裡外"},
	{"台湾通史", "臺灣通史"}, {"台风", "颱風"}, {"一只猫", "一隻貓"}, {"只有你", "衹有你"}, {"只有你", "祇有你"},
	{"为什么", "為什麼"}, {"为什么", "爲什麽"}, {"群众", "羣衆"}, {"群众", "群眾"}, {"启示录", "啟示錄"},
	{"启示录", "啓示錄"}, {"床前明月光", "牀前明月光"}, {"秘密花园", "祕密花園"}, {"想象力", "想像力"},
	{"答复", "答覆"}, {"复习", "複習"}, {"了解自己", "瞭解自己"}, {"借鉴", "藉鑑"}, {"项链", "項鍊"},
	{"沉默的大多数", "沈默的大多數"}, {"沈从文全集", "沈從文全集"}, {"钱锺书传", "錢鍾書傳"}, {"钱锺书传", "钱钟书传"},
	{"余华作品", "餘華作品"}, {"劫后余生", "劫後餘生"}, {"劫后余生", "劫后馀生"}, {"昆仑", "崑崙"}, {"岳飞传", "嶽飛傳"},
	{"仿佛", "彷彿"}, {"你我他", "妳我他"}, {"动物和它", "動物和牠"}, {"苏醒", "甦醒"}, {"枪", "鎗"},
	{"气象学", "気象学"}, {"图书馆", "図書館"}, {"读书", "読書"}, {"广岛之恋", "広島之恋"}, {"樱桃小丸子", "桜桃小丸子"},
	{"龙猫", "竜猫"}, {"铁道员", "鉄道員"}, {"战争与和平", "戦争與和平"}, {"佛教", "仏教"}, {"圆周率", "円周率"},
	{"车轮", "車輪"}, {"金", "金"}, {"一人", "⼀⼈"}, {"二〇二五年", "二○二五年"},
	{"𬭊", "𨧀"}, {"钅", "釒"},
}

func TestAccept_L28_full_width_equals_half_width_and_marks_are_folded(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"《Ｊａｖａ　编程思想》（第４版）", "java 编程思想 第4版"},
		{"ＩＳＢＮ：９７８－７", "isbn 978 7"},
		{"红楼梦 / 曹雪芹著 ; 高鹗续", "红楼梦 曹雪芹着 高鹗续"},
		{"“三体”——地球往事", "三体 地球往事"},
		{"史蒂夫·乔布斯传", "史蒂夫 乔布斯传"},
		{"  \t前后空白\n ", "前后空白"},
		{"Les Misérables", "les miserables"},
		{"Les Mise\u0301rables", "les miserables"},
		{"Cien años de soledad", "cien anos de soledad"},
		{"Straße und Öl", "strasse und ol"},
		{"Œuvres Ærø Łódź Þórr İstanbul ısı", "oeuvres aero lodz thorr istanbul isi"},
		{"Hóng Lóu Mèng", "hong lou meng"},
		{"Война и мир", "воина и мир"},
		{"ΟΔΥΣΣΕΥΣ", "οδυσσευσ"},
		{"Οδυσσεύς", "οδυσσευσ"},
		{"Alice’s Adventures", "alices adventures"},
		{"Don't Look Back", "dont look back"},
		{"L'Étranger", "letranger"},
		{"Xi'an", "xian"},
		{"‘Go’语言", "go语言"},
		{"说‘不’的勇气", "说 不 的勇气"},
		{"C++ Primer Plus", "c++ primer plus"},
		{"C#入门经典", "c#入门经典"},
		{"Ｃ＋＋程序设计", "c++程序设计"},
		{"Java+Python", "java python"},
		{"A+B+C", "a b c"},
		{"#1 in + out", "1 in out"},
		{"3.14", "3 14"},
		{"Ⅳ ② ㈱ ™ H₂O ½ ﬁn", "iv 2 株 tm h2o 1 2 fin"},
		{"ｶﾞﾝﾀﾞﾑ", "ガンダム"},
		{"か\u3099くせい", "がくせい"},
		{"각 가", "각 가"},
		{"葛\U000E0100飾", "葛饰"},
		{"soft\u00ADhyphen zero\u200Bwidth\uFEFF", "softhyphen zerowidth"},
		{"हिन्दी", "हिन्दी"},
		{"", ""}, {"！？…", ""}, {"++", ""}, {"'", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestBytesThatAreNoTextAreSpace(t *testing.T) {
	for in, want := range map[string]string{
		"红\xff楼":            "红 楼",
		"\xed\xa0\x80abc":   "abc", // a surrogate half
		"\xe7\xba":          "",    // a cut character
		"梦\xe7\xba":         "梦",
		"a\xf8\x88\x80\x80": "a",
		"\x00\x01a\x7f":     "a",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAppendFoldLeavesWhatWasThere(t *testing.T) {
	if got := string(AppendFold([]byte("C+"), " b+C ")); got != "C+b c" {
		t.Errorf("got %q", got)
	}
}

func TestFoldingEveryCharacterAloneIsStable(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		once := Fold(string(r))
		if again := Fold(once); again != once {
			t.Errorf("%U: %q, then %q", r, once, again)
		}
		// The marks in the middle are ours to drop; the letters must come
		// out as from the whole normal form.
		if whole := Fold(norm.NFKC.String(string(r))); whole != once {
			t.Errorf("%U: %q, by NFKC %q", r, once, whole)
		}
	}
}

func FuzzFoldIsStable(f *testing.F) {
	for _, pair := range scripts {
		f.Add(pair[0] + " " + pair[1])
	}
	for _, s := range []string{"C++ C# a+b '’", "ｶﾞ か\u3099 각", "\xff\xed\xa0\x80", "é\u0323\u0301", "ﷺ ½"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if again := Fold(once); again != once {
			t.Errorf("%q folds to %q, that to %q", s, once, again)
		}
		if !utf8.ValidString(once) {
			t.Errorf("%q folds to bytes that are no text: %q", s, once)
		}
		if strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
			t.Errorf("%q folds to loose spaces: %q", s, once)
		}
		if with := string(AppendFold([]byte("前 "), s)); with != "前 "+once {
			t.Errorf("%q: behind other text %q, alone %q", s, with, once)
		}
	})
}

func TestFoldingIntoRoomAllocatesNothing(t *testing.T) {
	room := make([]byte, 0, 256)
	title := "《紅樓夢》研究：Les Misérables ＆ Ⅳ, C++ ①"
	if n := testing.AllocsPerRun(100, func() { room = AppendFold(room[:0], title) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
