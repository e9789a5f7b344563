package hanzi

import (
	"strings"
	"testing"
)

// found are real titles with what a reader may type, and the part it finds.
var found = []struct{ title, query, part string }{
	// whole pinyin, as typed
	{"红楼梦", "hongloumeng", "红楼梦"}, {"红楼梦", "honglou", "红楼"}, {"红楼梦", "hong", "红"},
	{"红楼梦", "hongloum", "红楼梦"}, {"红楼梦", "honglo", "红楼"}, {"红楼梦", "ho", "红"},
	{"红楼梦", "hongloumen", "红楼梦"}, {"红楼梦", "HongLouMeng", "红楼梦"}, {"红楼梦", "hóng lóu mèng", "红楼梦"},
	{"紅樓夢", "hongloumeng", "紅樓夢"}, {"三国演义", "sanguoyanyi", "三国演义"}, {"三国演义", "sanguoyany", "三国演义"},
	{"水浒传", "shuihuzhuan", "水浒传"}, {"水浒传", "shuihuchuan", "水浒传"}, {"西游记", "xiyouji", "西游记"},
	{"聊斋志异", "liaozhaizhiyi", "聊斋志异"}, {"儒林外史", "rulinwaishi", "儒林外史"}, {"论语译注", "lunyuyizhu", "论语译注"},
	{"庄子今注今译", "zhuangzi", "庄子"}, {"史记", "shiji", "史记"}, {"诗经译注", "shijing", "诗经"},
	{"唐诗三百首", "tangshisanbaishou", "唐诗三百首"}, {"古文观止", "guwenguanzhi", "古文观止"},
	{"孙子兵法", "sunzibingfa", "孙子兵法"}, {"徐霞客游记", "xuxiake", "徐霞客"}, {"天工开物", "tiangongkaiwu", "天工开物"},
	{"呐喊", "nahan", "呐喊"}, {"骆驼祥子", "luotuoxiangzi", "骆驼祥子"}, {"围城", "weicheng", "围城"},
	{"呼兰河传", "hulanhezhuan", "呼兰河传"}, {"茶馆", "chaguan", "茶馆"}, {"活着", "huozhe", "活着"},
	{"平凡的世界", "pingfandeshijie", "平凡的世界"}, {"白鹿原", "bailuyuan", "白鹿原"}, {"三体", "santi", "三体"},
	{"我们仨", "womensa", "我们仨"}, {"余震", "yuzhen", "余震"}, {"唐山大地震", "tangshandadizhen", "唐山大地震"},
	{"开滦煤矿志", "kailuan", "开滦"}, {"中国铁路发展史", "tielu", "铁路"}, {"好饿的毛毛虫", "maomaochong", "毛毛虫"},
	{"猜猜我有多爱你", "caicaiwoyouduoaini", "猜猜我有多爱你"}, {"没头脑和不高兴", "meitounao", "没头脑"},
	{"窗边的小豆豆", "xiaodoudou", "小豆豆"}, {"夏洛的网", "xialuodewang", "夏洛的网"}, {"小王子", "xiaowangzi", "小王子"},
	{"安徒生童话", "antusheng", "安徒生"}, {"十万个为什么", "shiwangeweishenme", "十万个为什么"},
	{"时间简史", "shijianjianshi", "时间简史"}, {"昆虫记", "kunchongji", "昆虫记"}, {"百年孤独", "bainiangudu", "百年孤独"},
	{"老人与海", "laorenyuhai", "老人与海"}, {"现代汉语词典", "xiandaihanyucidian", "现代汉语词典"},
	// initials
	{"红楼梦", "hlm", "红楼梦"}, {"走近红楼梦", "hlm", "红楼梦"}, {"紅樓夢", "hl", "紅樓"}, {"三国演义", "sgyy", "三国演义"},
	{"水浒传", "shz", "水浒传"}, {"水浒传", "shc", "水浒传"}, {"西游记", "xyj", "西游记"}, {"唐诗三百首", "tsss", ""},
	{"唐诗三百首", "tssbs", "唐诗三百首"}, {"围城", "wc", "围城"}, {"平凡的世界", "pfdsj", "平凡的世界"},
	{"平凡的世界", "pfdshj", "平凡的世界"}, {"朝花夕拾", "zhhxs", "朝花夕拾"}, {"窗边的小豆豆", "cbdxdd", "窗边的小豆豆"},
	{"窗边的小豆豆", "chbdxdd", "窗边的小豆豆"}, {"十万个为什么", "swgwsm", "十万个为什么"}, {"平凡的世界", "sj", "世界"},
	// polyphones, in any reading
	{"朝花夕拾", "zhaohuaxishi", "朝花夕拾"}, {"朝花夕拾", "chaohuaxishi", "朝花夕拾"}, {"朝花夕拾", "zhxs", "朝花夕拾"},
	{"朝花夕拾", "chxs", "朝花夕拾"}, {"重庆森林", "chongqing", "重庆"}, {"重庆森林", "zhongqing", "重庆"},
	{"重庆森林", "cqsl", "重庆森林"}, {"重庆森林", "zqsl", "重庆森林"}, {"银行家", "yinhang", "银行"}, {"银行家", "yhj", "银行家"},
	{"长城", "changcheng", "长城"}, {"长城", "zhangcheng", "长城"}, {"还书", "huanshu", "还书"}, {"还书", "haishu", "还书"},
	{"乐府诗集", "yuefushiji", "乐府诗集"}, {"乐府诗集", "lefu", "乐府"}, {"单于", "chanyu", "单于"}, {"会计学原理", "kuaiji", "会计"},
	{"女红", "nvgong", "女红"}, {"女红", "nugong", "女红"}, {"大夫", "daifu", "大夫"}, {"曾国藩家书", "zengguofan", "曾国藩"},
	{"曾国藩家书", "cengguofan", "曾国藩"}, {"名著", "mingzhu", "名著"}, {"乾隆皇帝", "qianlong", "乾隆"}, {"藏地密码", "zangdi", "藏地"},
	{"大藏经", "dazangjing", "大藏经"}, {"阿房宫赋", "epanggong", "阿房宫"}, {"洛阳伽蓝记", "qielan", "伽蓝"},
	{"了不起的盖茨比", "liaobuqi", "了不起"}, {"校长", "xiaozhang", "校长"}, {"厦门", "xiamen", "厦门"}, {"乐亭大鼓", "laoting", "乐亭"},
	{"单雄信", "shan", "单"}, {"射雕英雄传", "sdyxz", "射雕英雄传"}, {"给予树", "jiyu", "给予"}, {"长袜子皮皮", "changwazi", "长袜子"},
	// ü
	{"绿山墙的安妮", "lvshanqiang", "绿山墙"}, {"绿山墙的安妮", "lushanqiang", "绿山墙"}, {"绿山墙的安妮", "lüshanqiang", "绿山墙"},
	{"女儿国", "nverguo", "女儿国"}, {"吕梁英雄传", "lvliang", "吕梁"}, {"战略论", "zhanlvelun", "战略论"}, {"战略论", "zhanluelun", "战略论"},
	{"绿野仙踪", "lv", "绿"},
	// mixed
	{"红楼梦", "hong楼", "红楼"}, {"红楼梦", "hong楼m", "红楼梦"}, {"红楼梦", "红lm", "红楼梦"}, {"红楼梦", "hlou梦", "红楼梦"},
	{"红楼梦", "honglm", "红楼梦"}, {"紅樓夢", "hong楼梦", "紅樓夢"}, {"红楼梦", "hong樓", "红楼"}, {"三国演义", "sanguoyy", "三国演义"},
	{"唐山大地震", "唐山ddz", "唐山大地震"}, {"平凡的世界", "pingfdshijie", "平凡的世界"}, {"骆驼祥子", "ltxiangzi", "骆驼祥子"},
	// spaces, apostrophes, signs
	{"西安事变", "xi'an", "西安"}, {"西安事变", "xi’an", "西安"}, {"西安事变", "xian", "西安"}, {"红楼梦", "hong lou meng", "红楼梦"},
	{"红楼梦", "hong'lou'meng", "红楼梦"}, {"红楼梦", " h l m ", "红楼梦"}, {"先知", "xian", "先"}, {"皮影", "pi'ying", "皮影"},
	{"《红楼梦》研究", "hlmyj", "红楼梦》研究"}, {"红 楼 梦", "honglou", "红 楼"}, {"三国·演义", "sgyy", "三国·演义"},
	{"方案", "fang'an", "方案"}, {"翻案", "fan'an", "翻案"}, {"方案", "fangan", "方案"},
	// Latin letters and digits among them
	{"Java编程思想", "javabcsx", "Java编程思想"}, {"Java编程思想", "java bian", "Java编"}, {"Ｊａｖａ编程思想", "javabian", "Ｊａｖａ编"},
	{"C++程序设计", "c chengxu", "C++程序"}, {"AI时代", "aishidai", "AI时代"}, {"活了100万次的猫", "hl100wcdm", "活了100万次的猫"},
	{"1984", "1984", "1984"}, {"阿Q正传", "aqzz", "阿Q正传"}, {"阿Q正传", "aqzhengzhuan", "阿Q正传"}, {"Pride and Prejudice", "prej", "Prej"},
	// rare characters
	{"㐂庵", "㐂an", "㐂庵"}, {"𠮷野家", "𠮷yj", "𠮷野家"}, {"犇跑", "benpao", "犇跑"}, {"陶喆", "taozhe", "陶喆"},
}

func TestAccept_L28_pinyin_initials_and_mixed_queries_find_titles(t *testing.T) {
	if len(found) < 120 {
		t.Fatalf("only %d pairs", len(found))
	}
	for _, c := range found {
		start, end, ok := MatchPinyin(c.title, c.query)
		if ok != (c.part != "") || c.title[start:end] != c.part {
			t.Errorf("%q in %s: found %q, want %q", c.query, c.title, c.title[start:end], c.part)
		}
		if !ok {
			continue
		}
		text := []byte(Fold(c.title))
		p := NewPattern(c.query)
		if _, _, ok := p.Match(text); !ok {
			t.Errorf("%q does not find %q, folded", c.query, text)
		}
		checkSummaries(t, p, text)
	}
}

func TestWhatIsNotTypedThatWayIsNotFound(t *testing.T) {
	for _, c := range []struct{ title, query string }{
		{"先知", "xi'an"},            // the apostrophe divides
		{"先知", "xi an"},            // and so does a space
		{"方案", "fan'gan"},          //
		{"红楼梦", "hnlm"},            // no initial n
		{"红楼梦", "honlou"},          // a beginning counts only at the end
		{"红楼梦", "hongloumengx"},    // more than the title has
		{"红楼梦", "hong路"},           // another character
		{"红楼梦", "lhm"},             // another order
		{"红楼梦", "hm"},              // nothing may be left out
		{"自由", "ziyou2"},           //
		{"知识", "zisi"},             // zh is not z, sh is not s
		{"JavaScript高级", "script"}, // the middle of a Latin word
		{"红楼梦", ""}, {"红楼梦", "'"}, {"红楼梦", "，"}, {"", "a"}, {"", ""},
	} {
		if start, end, ok := MatchPinyin(c.title, c.query); ok {
			t.Errorf("%q found %q in %s", c.query, c.title[start:end], c.title)
		}
	}
}

func TestMatchPrefixHoldsAtTheBeginningOnly(t *testing.T) {
	text := []byte(Fold("走近红楼梦"))
	if end, ok := NewPattern("zoujinh").MatchPrefix(text); !ok || string(text[:end]) != "走近红" {
		t.Errorf("found %q, %v", text[:end], ok)
	}
	if _, ok := NewPattern("hlm").MatchPrefix(text); ok {
		t.Error("found in the middle")
	}
	if _, ok := NewPattern("").MatchPrefix(text); ok {
		t.Error("nothing was found at the beginning")
	}
}

func TestPatternsAsLongAsTitlesMatchAndLongerOnesDoNot(t *testing.T) {
	title := strings.Repeat("红楼梦", 20)
	whole := strings.Repeat("hongloumeng", 20)
	if _, end, ok := MatchPinyin(title, whole); !ok || end != len(title) {
		t.Error("a long title is not found by all its pinyin")
	}
	checkSummaries(t, NewPattern(whole), []byte(title))
	if _, _, ok := MatchPinyin(strings.Repeat("啊", 300), strings.Repeat("a", 256)); ok {
		t.Error("a pattern of 256 letters matched")
	}
	if _, _, ok := MatchPinyin(strings.Repeat("啊", 300), strings.Repeat("a", 255)); !ok {
		t.Error("a pattern of 255 letters did not match")
	}
}
