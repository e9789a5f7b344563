package hanzi

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestReadingsAreAllMostFrequentFirst(t *testing.T) {
	for r, want := range map[rune]string{
		'红': "hong gong", '重': "zhong chong", '行': "xing hang heng", '还': "hai huan", '乐': "le yue yao lao",
		'吕': "lv lu", '女': "nv nu ru", '略': "lve lue", '著': "zhu zhuo zhe", '不': "bu fou", '〇': "ling",
		'楼': "lou", '樓': "lou", '夢': "meng", '龍': "long", 'a': "", '。': "", '\U0010FFFF': "", '𠮷': "",
	} {
		if got := strings.Join(Readings(r), " "); got != want {
			t.Errorf("%c is read %q, want %q", r, got, want)
		}
	}
}

func TestReadingsBelongToTheCaller(t *testing.T) {
	Readings('红')[0] = "lan"
	if Readings('红')[0] != "hong" {
		t.Error("a caller's change came back")
	}
}

func TestAWordDecidesTheFirstReading(t *testing.T) {
	for text, want := range map[string]string{
		"重庆": "chong qing", "重量": "zhong liang", "银行": "yin hang", "行走": "xing zou", "长城": "chang cheng", "成长": "cheng zhang",
		"还书": "huan shu", "归还": "gui huan", "借还": "jie huan", "都还了": "dou huan le", "还是": "hai shi", "还有": "hai you",
		"乐府": "yue fu", "快乐": "kuai le", "朝花夕拾": "zhao hua xi shi", "朝鲜": "chao xian", "单于": "chan yu", "会计": "kuai ji",
		"女红": "nv gong", "大夫": "dai fu", "水浒传": "shui hu zhuan", "传说": "chuan shuo", "呼兰河传": "hu lan he zhuan",
		"阿房宫": "e pang gong", "曾国藩家书": "zeng guo fan jia shu", "曾经": "ceng jing", "西藏": "xi zang", "藏书": "cang shu",
		"校长": "xiao zhang", "点校": "dian jiao", "角色": "jue se", "人参": "ren shen", "参差": "cen ci", "便宜": "pian yi",
		"厦门": "xia men", "六安": "lu an", "番禺": "pan yu", "吐蕃": "tu bo", "龟兹": "qiu ci", "月氏": "yue zhi", "可汗": "ke han",
		"降龙十八掌": "xiang long shi ba zhang", "乐亭": "lao ting", "名著": "ming zhu", "活着": "huo zhe", "執著": "zhi zhuo",
		"還書": "huan shu", "銀行": "yin hang", "重慶": "chong qing", "乾隆": "qian long", "三只小猪": "san zhi xiao zhu",
	} {
		var first []string
		for _, readings := range Syllables(text) {
			first = append(first, readings[0])
		}
		if got := strings.Join(first, " "); got != want {
			t.Errorf("%s is read %q, want %q", text, got, want)
		}
	}
}

func TestSyllablesStandPerCharacter(t *testing.T) {
	got := Syllables("AI重庆。\xff")
	want := [][]string{nil, nil, {"chong", "zhong"}, {"qing"}, nil, nil}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v", got)
	}
}

func TestInitialsAreWhatIsTyped(t *testing.T) {
	for text, want := range map[string]string{
		"红楼梦": "hlm", "紅樓夢": "hlm", "重庆银行": "cqyh", "AI时代": "aisd", "《Ｃ++》入门 2": "crm2", "朝花夕拾": "zhxs",
		"Études": "etudes", "の": "", "": "", "\xff": "",
	} {
		if got := Initials(text); got != want {
			t.Errorf("Initials(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSortKeysOrderByPinyin(t *testing.T) {
	checkOrder(t, []string{"第2卷", "第10卷", "第10卷 下"}, SortKey)
	checkOrder(t, []string{
		"", "7", "12", "0013", "100", "1000000000000000000", "alpha", "Beta", "Война", "ひらがな",
		"阿Q正传", "安徒生童话", "白鹿原", "百年孤独", "长城", "重庆", "大学", "红楼", "红楼梦", "家", "会计学", "论语",
		"妈", "麻", "马", "骂", "三国演义", "三体", "水浒传", "乐府诗集", "中国", "重量", "𠮷野家",
	}, SortKey)
}

func TestSurnamesAreReadAsSurnames(t *testing.T) {
	checkOrder(t, []string{"安意如", "曹雪芹", "单雄信", "沈从文", "曾国藩", "张爱玲"}, SortKeyName)
	checkOrder(t, []string{"盖叫天", "葛优", "华东师范大学", "华罗庚", "皇甫谧", "区寄", "仇英"}, SortKeyName)
	if bytes.Equal(SortKey("解珍"), SortKeyName("解珍")) {
		t.Error("解珍 sorts under jie")
	}
	if !bytes.Equal(SortKey("解放军文艺出版社"), SortKeyName("解放军文艺出版社")) {
		t.Error("a publisher sorts as Mr Xie")
	}
}

func TestTextsThatFoldAlikeSortAlike(t *testing.T) {
	for _, pair := range scripts {
		if !bytes.Equal(SortKey(pair[0]), SortKey(pair[1])) {
			t.Errorf("%s and %s", pair[0], pair[1])
		}
	}
}

func checkOrder(t *testing.T, ordered []string, key func(string) []byte) {
	t.Helper()
	for i := 1; i < len(ordered); i++ {
		if bytes.Compare(key(ordered[i-1]), key(ordered[i])) >= 0 {
			t.Errorf("%q does not come before %q", ordered[i-1], ordered[i])
		}
	}
}
