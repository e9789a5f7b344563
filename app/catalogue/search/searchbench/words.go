package searchbench

import "strings"

// What titles are made of. Earlier ones are more frequent.
var (
	topics = strings.Fields(`中国 研究 世界 历史 文化 技术 管理 社会 教育 经济 设计 故事 文学 科学 发展 艺术 现代 理论 教程 基础
		英语 生活 应用 儿童 数学 计算 工程 国家 人生 时代 法律 企业 健康 心理 思想 红楼 唐山 诗歌 小说 全集 传统 城市 自然 音乐 语言
		电子 网络 分析 建筑 机械 化学 物理 生物 地理 哲学 政治 环境 旅行 美术 动物 植物 海洋 星空 宇宙 地球 童话 绘本 汉语 古代
		近代 当代 民国 清代 明代 宋代 唐代 战争 革命 铁路 煤矿 水泥 地震 皮影 医学 中医 护理 营养 烹饪 家庭 父母 孩子 青少年 女性
		财务 会计 金融 投资 市场 营销 贸易 银行 证券 保险 统计 数据 算法 程序 系统 软件 人工 智能 机器 学习 编程 安全 信息 通信
		自动化 控制 材料 能源 电力 汽车 航空 交通 农业 森林 园艺 养殖 食品 纺织 印刷 摄影 电影 戏剧 舞蹈 书法 篆刻 收藏 考古 民俗
		宗教 佛教 道教 伦理 逻辑 美学 人物 传记 日记 书信 散文 随笔 演讲 辞典 手册 年鉴 图鉴 地图 方志 档案 文献 目录 论文 习题`)
	endings = strings.Fields(`研究 概论 史 入门 教程 导论 故事 手册 基础 与实践 论 新编 全书 选集 词典 原理 指南 精选 漫谈 集 通史 解析 三百题
		图解 札记 讲义 笔记 传 记 评传 赏析 大全 实务 案例 方法 纲要 史话 丛谈 杂记`)
	between = strings.Fields(`的 与 和 之 在 中的 里的 及其 到 下的`)

	common = []rune(`的一是在人有我他这中大来上国地到说们为子和你出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴鱼`)
	rare   = []rune(`霁懿翀鼐蘅骞璟翊旻麒麟菡萏邕缪鹞鹭鹦鹉鲲鹏貔貅饕餮魑魅魍魉耄耋葳蕤旖旎潋滟氤氲踟蹰徜徉彳亍龃龉`)

	surnames = []rune(`王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文`)
	given    = []rune(`伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建华国志玉红春梅海燕林云鹏飞宇浩然子涵雨欣怡晨阳思远博雅诗婷俊凯龙凤山川江河湖石松柏竹菊荷莲青白赤金银铜铁宝珠光亮清泉源深广大成功德仁义礼智信忠孝廉和康安宁福禄寿喜庆瑞祥吉`)

	english = strings.Fields(`the of and in history introduction world modern science art china new guide story social theory life politics
		design analysis language management economic culture american english children house garden river mountain winter summer
		computer programming systems network security engineering mathematics physics chemistry biology geology railway mining
		revolution empire kingdom republic democracy freedom justice philosophy religion psychology education teaching learning
		reading writing literature poetry drama fiction adventures mystery journey island ocean forest animals birds flowers stars
		planet universe gravity quantum evolution climate energy medicine nursing cooking travel photography architecture painting
		sculpture music theatre cinema fashion business marketing finance banking accounting statistics probability algorithms
		database software hardware internet communication journalism government constitution economics agriculture industry
		wonderland prejudice expectations wuthering heights treasure pilgrim progress gulliver robinson crusoe frankenstein dracula`)
	englishNames = strings.Fields(`smith johnson williams brown jones miller davis wilson anderson taylor thomas moore martin jackson
		thompson white harris clark lewis robinson walker young allen king wright scott hill green adams baker nelson carter
		mitchell roberts turner phillips campbell parker evans edwards collins stewart morris rogers reed cook morgan bell`)

	places = strings.Fields(`人民 北京 上海 商务 中华 科学 高等教育 机械工业 电子工业 清华大学 北京大学 人民文学 作家 译林 浙江 江苏 湖南 四川
		广东 河北 山东 天津 重庆 湖北 辽宁 吉林 陕西 云南 福建 安徽 江西 广西 明天 接力 少年儿童 中国铁道 化学工业 中国建筑工业 外语教学与研究
		生活·读书·新知三联 南海 新华 中信 华夏 团结 学林 岳麓 齐鲁 巴蜀 三秦 黄山 凤凰 花城 漓江 海燕 希望`)
	houses = strings.Fields(`出版社 书局 印书馆 书店 出版公司 文艺出版社 教育出版社 美术出版社 科学技术出版社 少年儿童出版社`)
)
