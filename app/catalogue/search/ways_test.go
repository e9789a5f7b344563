package search

import (
	"slices"
	"testing"
)

// Every way of typing that L28 names, each with what it must find and what it
// must not.
func TestAccept_L28_every_way_of_typing_finds_its_title(t *testing.T) {
	docs := []Doc{
		{ID: "dream", Title: "红楼梦", Authors: []string{"曹雪芹", "高鹗"}, Subjects: []string{"章回小说"}, Publisher: "人民文学出版社",
			Series: "中国古典文学读本丛书", CallNumber: "I242.4/CXQ", ISBNs: []string{"9787020002207"}, Year: 1996},
		{ID: "city", Title: "重庆方言词典", Authors: []string{"曾晓渝"}, Publisher: "重庆出版社"},
		{ID: "general", Title: "曾国藩家书"},
		{ID: "wall", Title: "长城", Subtitle: "走进长江以北", Subjects: []string{"地方志"}},
		{ID: "bank", Title: "银行行长"},
		{ID: "old", Title: "駱駝祥子", Authors: []string{"老舍"}},
		{ID: "green", Title: "绿野仙踪"},
		{ID: "en", Title: "Pride and Prejudice", Authors: []string{"Jane Austen"}},
		{ID: "fr", Title: "Les Misérables", AltTitles: []string{"悲惨世界"}},
		{ID: "c", Title: "C++程序设计"},
		{ID: "xian", Title: "西安的城墙"},
		{ID: "first", Title: "先知"},
	}
	ix := indexOf(docs)
	for _, way := range []struct {
		name    string
		queries []string
		finds   string
	}{
		{"words and parts of words", []string{"红楼梦", "红楼", "楼梦", "楼", "《红楼梦》", "红楼 梦"}, "dream"},
		{"other fields", []string{"曹雪芹", "雪芹", "高鹗", "章回", "章回小说", "古典文学", "人民文学出版社", "红楼梦 曹雪芹", "曹雪芹，红楼", "1996 红楼"}, "dream"},
		{"other fields in pinyin", []string{"caoxueqin", "cxq", "zhanghui", "renminwenxue", "rmwx", "hongloumeng caoxueqin", "hlm cxq"}, "dream"},
		{"numbers", []string{"9787020002207", "978-7-02-000220-7", "702000220X", "7-02-000220-x", "9787020", "I242.4/CXQ", "i242.4", "I242.4 CXQ", "Ｉ２４２．４"}, "dream"},
		{"whole pinyin", []string{"hongloumeng", "honglou", "loumeng", "hong lou meng", "HongLouMeng", "hongl", "honglo"}, "dream"},
		{"initials", []string{"hlm", "hl", "lm", "HLM"}, "dream"},
		{"characters and letters", []string{"hong楼", "红lou", "红lm", "h楼m", "红楼m", "红楼meng", "hongl梦"}, "dream"},
		{"either reading of 重", []string{"chongqing", "zhongqing", "cqfy", "zqfy", "重qing", "chongqingfangyan"}, "city"},
		{"either reading of 曾", []string{"zengguofan", "cengguofan", "zgfjs", "cgf"}, "general"},
		{"either reading of 长", []string{"changcheng", "zhangcheng", "cc", "zc", "chcheng"}, "wall"},
		{"either reading of 行", []string{"yinhanghangzhang", "yinxing", "yhhz", "yxhz", "yinhangxingzhang"}, "bank"},
		{"the subtitle and the subject", []string{"走进长江", "zoujinchangjiang", "地方志", "dfz", "difangzhi 长城"}, "wall"},
		{"simplified and traditional", []string{"骆驼祥子", "駱駝祥子", "骆駝祥子", "luotuoxiangzi", "老舍 骆驼"}, "old"},
		{"ü in every way", []string{"lüye", "lvye", "luye", "lyxz"}, "green"},
		{"the beginning of English words", []string{"pride", "prid", "pre", "prej", "pride and prej", "prejudice pride", "austen", "aus", "jane pride"}, "en"},
		{"within an English word", []string{"judice", "usten", "reju"}, "en"},
		{"a letter wrong, missing, too many or two swapped", []string{"prejudise", "prejdice", "predjudice", "perjudice", "prejuidce", "rejudice", "austin", "asuten"}, "en"},
		{"diacritics and width", []string{"misérables", "miserables", "MISÉRABLES", "ｍｉｓｅｒａｂｌｅｓ", "les　miserables", "mise\u0301rables"}, "fr"},
		{"another title", []string{"悲惨世界", "beican", "bcsj"}, "fr"},
		{"signs", []string{"c++", "C＋＋", "c++ 程序"}, "c"},
		{"an apostrophe ends a syllable", []string{"xi'an", "xi'andechengqiang", "xi’an"}, "xian"},
	} {
		t.Run(way.name, func(t *testing.T) {
			for _, query := range way.queries {
				found := ix.Search(query, Filter{}, 20, 0)
				if !slices.ContainsFunc(found.Hits, func(h Hit) bool { return h.ID == way.finds }) {
					t.Errorf("%q finds %v", query, found.Hits)
				}
			}
		})
	}
	for query, not := range map[string]string{
		"红梦": "dream", "梦楼": "dream", "hlmx": "dream", "xi'an": "first", "c#": "c", "ridepre": "en", "prijudise": "en", "anf": "en",
		"红楼梦 鲁迅": "dream", "9787020002208": "dream", "I242.5": "dream", "lmh": "dream", "c++ 红楼": "c",
	} {
		if found := ix.Search(query, Filter{}, 20, 0); slices.ContainsFunc(found.Hits, func(h Hit) bool { return h.ID == not }) {
			t.Errorf("%q finds %v", query, found.Hits)
		}
	}
}
