/**
 * Names of people, companies, products and places of this field in the forms in which English and
 * Chinese write them. A line is one name: its forms, and after `>` the names that go without saying
 * where it stands (who works where, who makes what). What is not in here is still checked, letter
 * by letter; the table only keeps a known translation from being called an invention.
 */
const TABLE = `
OpenAI, Open AI, 开放人工智能
Anthropic, AnthropicAI, 安思罗匹克
Google, Googler, 谷歌
Google DeepMind, DeepMind, GoogleDeepMind, 深度思维 > Google
Alphabet > Google
Microsoft, MSFT, 微软
NVIDIA, Nvidia, NVDA, 英伟达, 辉达
Meta, Meta AI, AIatMeta
Facebook, FB, 脸书, 脸谱
Instagram, IG
WhatsApp
Amazon, 亚马逊
AWS, Amazon Web Services, 亚马逊云科技, 亚马逊云 > Amazon
Apple, AAPL, 苹果公司
Tesla, TSLA, 特斯拉
SpaceX, 太空探索技术公司
xAI
Twitter, 推特
Oracle, 甲骨文
IBM, 国际商业机器
Intel, 英特尔
AMD, 超微半导体
Qualcomm, 高通
Broadcom, 博通
TSMC, 台积电
Samsung, 三星
SK Hynix, Hynix, 海力士
Micron, 美光
ASML, 阿斯麦
Arm, ARM, 安谋
Cerebras
Groq
SambaNova
CoreWeave
Salesforce, 赛富时
Slack > Salesforce
ServiceNow
Snowflake
Databricks
Palantir
Cloudflare
Vercel
Netlify
Next.js, Nextjs > Vercel
v0 > Vercel
Supabase
Replit
Lovable
Bolt, StackBlitz
Cursor, Anysphere
Windsurf, Codeium
Cognition, Cognition Labs
Devin > Cognition
GitHub > Microsoft
GitHub Copilot, Copilot > GitHub, Microsoft
GitLab
Atlassian
Linear
Notion
Figma
Canva
Adobe, 奥多比
Shopify
Stripe
Ramp
Brex
Box
Dropbox
Airbnb, 爱彼迎
Uber, 优步
Lyft, 来福车
DoorDash
Netflix, 奈飞, 网飞
Spotify, 声田
YouTube, 油管 > Google
Reddit, 红迪
LinkedIn, 领英
Discord
Telegram
Zoom
TikTok
ByteDance, 字节跳动
Douyin, 抖音 > ByteDance
Doubao, 豆包 > ByteDance
Seed, Seedance, 即梦 > ByteDance
Tencent, TencentGlobal, 腾讯
Hunyuan, 混元 > Tencent
WeChat, Weixin, 微信 > Tencent
Alibaba, BABA, 阿里巴巴, 阿里
Alibaba Cloud, 阿里云 > Alibaba
Qwen, Tongyi, 通义千问, 千问, 通义 > Alibaba
Ant Group, 蚂蚁集团 > Alibaba
Baidu, 百度
Ernie, ERNIE Bot, 文心一言, 文心 > Baidu
Huawei, 华为
Xiaomi, 小米
Meituan, 美团
JD, JD.com, 京东
Pinduoduo, PDD, 拼多多
NetEase, 网易
BYD, 比亚迪
DJI, 大疆
DeepSeek, deepseek_ai, 深度求索
Moonshot, Moonshot AI, Kimi_Moonshot, 月之暗面
Kimi > Moonshot
Zhipu, Zhipu AI, Z.ai, Zai_org, 智谱
GLM, ChatGLM > Zhipu
MiniMax, MiniMax_AI, 稀宇科技
StepFun, 阶跃星辰
Baichuan, 百川智能
01.AI, 零一万物
SenseTime, 商汤
iFlytek, 科大讯飞, 讯飞
Unitree, 宇树, 宇树科技
Manus
Mistral, Mistral AI, MistralAI
Cohere
Perplexity, perplexity_ai
Hugging Face, HuggingFace, 抱抱脸
Stability AI, StabilityAI
Midjourney
Runway, runwayml
Pika
Luma, LumaLabsAI
ElevenLabs
Suno
Character.AI, CharacterAI, character_ai
Inflection
Adept
Scale AI, Scale, scale_AI
SSI, Safe Superintelligence
Thinking Machines, Thinking Machines Lab, thinkymachines
World Labs
Figure AI
Boston Dynamics, 波士顿动力
Waymo > Google
LangChain
LlamaIndex
Ollama
Together AI, togethercompute
Fireworks AI
Modal
Blender
Linux
Android, 安卓 > Google
iPhone > Apple
macOS, Mac OS > Apple
Windows > Microsoft
Azure > Microsoft
Bing, 必应 > Microsoft
Excel > Microsoft
PowerPoint > Microsoft
Gmail > Google
Chrome, 谷歌浏览器 > Google
Gemini > Google
Gemma > Google
NotebookLM > Google
Veo > Google
TPU > Google
AI Studio, Google AI Studio > Google
ChatGPT, chatgpt > OpenAI
GPT > OpenAI
Codex > OpenAI
Sora > OpenAI
DALL-E, DALLE > OpenAI
Whisper > OpenAI
OpenAI for Science > OpenAI
Stargate, 星际之门
Claude, claudeai > Anthropic
Claude Code, claude_code > Claude, Anthropic
Claude Cowork, Cowork > Claude, Anthropic
Opus, Claude Opus > Claude, Anthropic
Sonnet, Claude Sonnet > Claude, Anthropic
Haiku, Claude Haiku > Claude, Anthropic
Mythos, Claude Mythos > Claude, Anthropic
MCP, Model Context Protocol, 模型上下文协议
Llama, LLaMA > Meta
Grok > xAI
Starlink, 星链 > SpaceX
Optimus, 擎天柱 > Tesla
OpenClaw, Clawdbot
Sequoia, Sequoia Capital, sequoia, 红杉, 红杉资本
a16z, Andreessen Horowitz, 安德森霍洛维茨
Y Combinator, YC, ycombinator
SoftBank, 软银
Founders Fund
Benchmark
Khosla Ventures, Khosla
Kleiner Perkins, 凯鹏华盈
General Catalyst
Lightspeed
Index Ventures
FirstMark
South Park Commons, southpkcommons, SPC
Goldman Sachs, 高盛
Morgan Stanley, 摩根士丹利, 大摩
JPMorgan, JP Morgan, 摩根大通
BlackRock, 贝莱德
Berkshire, Berkshire Hathaway, 伯克希尔
McKinsey, 麦肯锡
Gartner, 高德纳
Eli Lilly, Lilly, 礼来
Pfizer, 辉瑞
Walmart, 沃尔玛
Stanford, 斯坦福, 斯坦福大学
MIT, 麻省理工, 麻省理工学院
Harvard, 哈佛, 哈佛大学
Berkeley, UC Berkeley, 伯克利
Princeton, 普林斯顿
Tsinghua, 清华, 清华大学
Peking University, PKU, 北京大学
Oxford, 牛津
Cambridge, 剑桥
Sam Altman, Altman, sama, 奥特曼, 阿尔特曼, 奥尔特曼 > OpenAI
Greg Brockman, Brockman, gdb, 布罗克曼 > OpenAI
Ilya Sutskever, Sutskever, ilyasut, 苏茨克维, 伊利亚
Mira Murati, Murati, miramurati, 穆拉蒂 > Thinking Machines
John Schulman, Schulman, 舒尔曼
Kevin Weil, Weil, 韦尔
Mark Chen, markchen90 > OpenAI
Jakub Pachocki, Pachocki > OpenAI
Fidji Simo, Simo, fidjissimo > OpenAI
Dario Amodei, Amodei, 阿莫代伊, 阿莫迪 > Anthropic
Daniela Amodei > Anthropic
Jack Clark, jackclarkSF > Anthropic
Jared Kaplan, Kaplan > Anthropic
Amanda Askell, Askell, 阿斯克尔 > Anthropic
Mike Krieger, Krieger, mikeyk > Anthropic
Boris Cherny, Cherny, bcherny > Claude Code, Anthropic
Cat Wu, _catwu > Claude Code, Anthropic
Thariq, trq212, Thariq Shihipar > Claude Code, Anthropic
Alex Albert, alexalbert__ > Anthropic
Chris Olah, Olah > Anthropic
Jan Leike, Leike, janleike > Anthropic
Sundar Pichai, Pichai, sundarpichai, 皮查伊 > Google
Demis Hassabis, Hassabis, demishassabis, 哈萨比斯 > DeepMind, Google
Jeff Dean, JeffDean, 杰夫·迪恩 > Google
Josh Woodward, Woodward, joshwoodward, 伍德沃德 > Google
Logan Kilpatrick, Kilpatrick, OfficialLoganK > Google
Sergey Brin, Brin > Google
Larry Page, 佩奇 > Google
Satya Nadella, Nadella, satyanadella, 纳德拉 > Microsoft
Bill Gates, Gates, 比尔·盖茨, 盖茨 > Microsoft
Mustafa Suleyman, Suleyman, mustafasuleyman, 苏莱曼 > Microsoft
Mark Zuckerberg, Zuckerberg, Zuck, finkd, 扎克伯格, 小扎 > Meta
Yann LeCun, LeCun, ylecun, 杨立昆, 勒昆
Alexandr Wang, alexandr_wang > Meta
Elon Musk, Musk, elonmusk, 马斯克 > Tesla, SpaceX, xAI
Jensen Huang, Huang, 黄仁勋, 老黄 > NVIDIA
Jim Fan, DrJimFan, 范麟熙 > NVIDIA
Lisa Su, LisaSu, 苏姿丰 > AMD
Tim Cook, tim_cook, 库克 > Apple
Jeff Bezos, Bezos, JeffBezos, 贝索斯 > Amazon
Andy Jassy, Jassy, ajassy, 贾西 > Amazon
Larry Ellison, Ellison, larryellison, 埃里森 > Oracle
Marc Benioff, Benioff, 贝尼奥夫 > Salesforce
Andrej Karpathy, Karpathy, karpathy, 卡帕西, 卡帕蒂, 卡尔帕西
Geoffrey Hinton, Hinton, geoffreyhinton, 辛顿
Yoshua Bengio, Bengio, 本吉奥
Fei-Fei Li, drfeifei, 李飞飞 > World Labs
Andrew Ng, AndrewYNg, 吴恩达
Aravind Srinivas, Srinivas, AravSrinivas > Perplexity
Arthur Mensch, Mensch, arthurmensch > Mistral
Clem Delangue, Delangue, ClementDelangue > Hugging Face
Guillermo Rauch, Rauch, rauchg, 劳赫 > Vercel
Amjad Masad, Masad, amasad, 马萨德 > Replit
Aaron Levie, Levie, levie, 莱维 > Box
Garry Tan, garrytan, 陈嘉兴 > Y Combinator
Paul Graham, paulg, 格雷厄姆 > Y Combinator
Marc Andreessen, Andreessen, pmarca, 安德森 > a16z
Ben Horowitz, Horowitz, bhorowitz, 霍洛维茨 > a16z
Peter Thiel, Thiel, 蒂尔 > Founders Fund
Reid Hoffman, Hoffman, reidhoffman, 霍夫曼 > LinkedIn
Vinod Khosla, vkhosla, 科斯拉 > Khosla Ventures
Masayoshi Son, masason, 孙正义 > SoftBank
Patrick Collison, patrickc > Stripe
John Collison, collision > Stripe
Tobi Lütke, tobi, Lutke > Shopify
Peter Steinberger, Steinberger, steipete, 施泰因贝格尔 > OpenClaw
Michael Truell, Truell, mntruell > Cursor
Ryo Lu, ryolu_ > Cursor
Scott Wu, ScottWu46 > Cognition
Swyx, swyx, Shawn Wang
Simon Willison, Willison, simonw
Lex Fridman, Fridman, lexfridman
Dwarkesh Patel, dwarkesh_sp
Peter Yang, petergyang
Dan Shipper, Shipper, danshipper > Every
Matt Turck, Turck, mattturck > FirstMark
Zara Zhang, zarazhangrui
Nan Yu, thenanyu > Linear
Madhu Guru, realmadhuguru
Nikunj Kothari, Kothari, nikunj > FPV Ventures
Aditya Agarwal, Agarwal, adityaag > South Park Commons
Liang Wenfeng, 梁文锋 > DeepSeek
Yang Zhilin, 杨植麟 > Moonshot
Jack Ma, 马云 > Alibaba
Pony Ma, Ma Huateng, 马化腾 > Tencent
Robin Li, 李彦宏 > Baidu
Zhang Yiming, 张一鸣 > ByteDance
Lei Jun, 雷军 > Xiaomi
Ren Zhengfei, 任正非 > Huawei
Wang Xingxing, 王兴兴 > Unitree
Kai-Fu Lee, kaifulee, 李开复 > 01.AI
Donald Trump, Trump, realDonaldTrump, POTUS, 特朗普, 川普
Joe Biden, Biden, 拜登
Warren Buffett, Buffett, 巴菲特
Silicon Valley, 硅谷
San Francisco, SF, 旧金山, 三藩市
Bay Area, 湾区
New York, NYC, NY, 纽约
Los Angeles, LA, 洛杉矶
Seattle, 西雅图
Boston, 波士顿
Austin, 奥斯汀
Washington, DC, 华盛顿
London, 伦敦
Paris, 巴黎
Berlin, 柏林
Tokyo, 东京
Seoul, 首尔
Singapore, 新加坡
Beijing, 北京
Shanghai, 上海
Shenzhen, 深圳
Hangzhou, 杭州
Hong Kong, HK, 香港
Taipei, 台北
Bangalore, Bengaluru, 班加罗尔
Tel Aviv, 特拉维夫
Toronto, 多伦多
Wall Street, 华尔街
White House, 白宫
Congress, 美国国会
Pentagon, 五角大楼
FDA, 美国食品药品监督管理局
SEC, 美国证监会, 证监会
FTC, 联邦贸易委员会
Bitcoin, BTC, 比特币
Ethereum, ETH, 以太坊
Nobel, 诺贝尔
Turing, 图灵
`;

/**
 * What people who know the field call them when they talk: `name: nicknames`. Too loose to check a
 * report by, good enough to find what somebody means.
 */
const NICKNAMES = `
OpenClaw: 龙虾, 小龙虾, Moltbot
OpenAI: OAI, CloseAI, O社
Anthropic: A社, A家, A厂
Claude: 克劳德
Claude Code: CC
Google: 狗家, 谷家, G家
Google DeepMind: GDM
Microsoft: MS, 巨硬
Apple: 苹果, 果子
Amazon: 亚麻
NVIDIA: 老黄家, N家, 皮衣厂
AMD: 农企
Intel: 牙膏厂
GitHub: GH
Hugging Face: HF, 抱脸
DeepSeek: DS, 鲸鱼
Alibaba: 猫厂
Tencent: 鹅厂
ByteDance: 字节, 宇宙厂
Baidu: 狼厂
Huawei: 菊厂
Moonshot: 月暗
Zhipu: 智谱清言, 智谱AI
MiniMax: 海螺
Gemini: 哈基米, 双子座
Llama: 羊驼
Midjourney: MJ
Perplexity: PPLX
Sam Altman: 山姆, 萨姆, 山姆·奥特曼, 萨姆·奥特曼
Greg Brockman: 格雷格
Ilya Sutskever: 伊尔亚, Ilya
Dario Amodei: 达里奥, Dario
Mira Murati: 米拉
Boris Cherny: 鲍里斯, Boris
Mark Zuckerberg: 扎克
Elon Musk: 老马, 马一龙, 埃隆, Elon
Jensen Huang: 黄教主, 皮衣黄, Jensen
Lisa Su: 苏妈
Sundar Pichai: 劈柴, 皮猜, Sundar
Satya Nadella: 萨提亚, 萨蒂亚, Satya
Demis Hassabis: 德米斯, 戴密斯, Demis
Yann LeCun: 杨乐昆, 乐昆
Andrej Karpathy: 卡神, AK, K神
Andrew Ng: 恩达
Fei-Fei Li: 飞飞
Tim Cook: 厨子
Jeff Bezos: 贝佐斯
Marc Andreessen: 马克·安德森
Paul Graham: PG
Garry Tan: 谭嘉里, Gary Tan
Peter Steinberger: 龙虾之父
Masayoshi Son: 老孙
Liang Wenfeng: 梁圣
Yang Zhilin: 植麟
Jack Ma: 马老师
Pony Ma: 小马哥
Lei Jun: 雷总, 雷布斯
Kai-Fu Lee: 开复
Donald Trump: 懂王
`;

/** A name in all its known forms, and the names that go without saying where it stands. */
export type KnownName = {
  readonly forms: readonly string[];
  readonly implied: readonly string[];
};

export const KNOWN_NAMES: readonly KnownName[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [forms = '', implied = ''] = line.split(' > ');
    return { forms: listed(forms), implied: listed(implied) };
  });

/** The known names as people say them: their forms, and their nicknames. */
export const SPOKEN_NAMES: readonly KnownName[] = (() => {
  const nicknames = new Map(
    NICKNAMES.trim()
      .split('\n')
      .map((line) => {
        const [name = '', called = ''] = line.split(': ');
        return [name, listed(called)] as const;
      }),
  );
  return KNOWN_NAMES.map((name) => ({
    forms: [
      ...new Set([...name.forms, ...name.forms.flatMap((form) => nicknames.get(form) ?? [])]),
    ],
    implied: name.implied,
  }));
})();

function listed(names: string): string[] {
  return names.split(', ').filter((name) => name !== '');
}
